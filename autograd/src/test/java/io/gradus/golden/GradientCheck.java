package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Autograd;
import io.gradus.GradOptions;
import io.gradus.Tensor;
import io.gradus.golden.GoldenCase.Form;
import io.gradus.golden.GoldenCase.Inputs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gradients of one call, and gradients of those. */
final class GradientCheck {
  private final OperationRegistry operations;
  private final GoldenCase golden;
  private final boolean second;

  GradientCheck(OperationRegistry operations, GoldenCase golden, boolean second) {
    this.operations = operations;
    this.golden = golden;
    this.second = second;
  }

  /** Compares in every form of the operands. */
  void run() {
    for (Form form : new CallCheck(operations, golden).forms()) {
      run(form);
    }
  }

  private void run(Form form) {
    JsonNode grad = golden.json().get("grad");
    Inputs given = golden.inputs(form, true);
    List<Tensor> inputs = new ArrayList<>();
    grad.get("inputs").forEach(i -> inputs.add(given.tensors().get(i.intValue())));
    Object result = operations.call(golden.operation(), given.arguments());
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    // By place among the results; null where a result takes no part.
    List<@Nullable Tensor> asked = new ArrayList<>();
    List<Tensor> all = GoldenCase.tensors(result);
    for (int i = 0; i < grad.get("cotangents").size(); i++) {
      JsonNode c = grad.get("cotangents").get(i);
      if (c.isNull()) {
        asked.add(null);
        continue;
      }
      Tensor cotangent = GoldenValues.tensor(c);
      if (second) {
        cotangent.requiresGrad_();
      }
      asked.add(cotangent);
      if (all.get(i).requiresGrad()) {
        outputs.add(all.get(i));
        cotangents.add(cotangent);
      }
    }
    GradOptions options =
        GradOptions.DEFAULT
            .createGraph(second)
            .allowUnused(true)
            .gradOutputs(new ArrayList<>(cotangents));
    List<@Nullable Tensor> grads =
        outputs.isEmpty()
            ? new ArrayList<>(Collections.nCopies(inputs.size(), null))
            : Scopes.call(() -> Autograd.grad(outputs, inputs, options));
    String what = form == Form.ORIGINAL ? "gradient " : "contiguous: gradient ";
    if (second) {
      second(what, grads, inputs, asked);
      return;
    }
    compare(what, grad.get("grads"), grads, inputs);
  }

  private void second(
      String what,
      List<@Nullable Tensor> grads,
      List<Tensor> inputs,
      List<@Nullable Tensor> asked) {
    JsonNode expected = golden.json().get("gradgrad");
    List<Tensor> outputs = new ArrayList<>();
    List<@Nullable Tensor> weights = new ArrayList<>();
    for (int i = 0; i < expected.get("cotangents").size(); i++) {
      JsonNode c = expected.get("cotangents").get(i);
      Tensor g = grads.get(i);
      if (!c.isNull() && g != null && g.requiresGrad()) {
        outputs.add(g);
        weights.add(GoldenValues.tensor(c));
      }
    }
    List<Tensor> wanted = new ArrayList<>(inputs);
    asked.stream().filter(c -> c != null).forEach(wanted::add);
    List<@Nullable Tensor> found = new ArrayList<>();
    if (outputs.isEmpty()) {
      wanted.forEach(w -> found.add(null));
    } else {
      found.addAll(
          Scopes.call(
              () ->
                  Autograd.grad(
                      outputs,
                      wanted,
                      GradOptions.DEFAULT.allowUnused(true).gradOutputs(weights))));
    }
    compare(what + "of gradient ", expected.get("grads"), found.subList(0, inputs.size()), inputs);
    int next = inputs.size();
    for (int j = 0; j < asked.size(); j++) {
      if (asked.get(j) != null) {
        one(what + "of cotangent " + j, expected.get("cotangent_grads").get(j), found.get(next++));
      }
    }
  }

  private static void compare(
      String what, JsonNode expected, List<@Nullable Tensor> found, List<Tensor> inputs) {
    if (expected.size() != inputs.size()) {
      fail(what + ": " + expected.size() + " expected for " + inputs.size() + " inputs");
    }
    for (int i = 0; i < inputs.size(); i++) {
      one(what + i, expected.get(i), found.get(i));
    }
  }

  /** No gradient and a gradient of zeros are the same. */
  private static void one(String what, @Nullable JsonNode expected, @Nullable Tensor found) {
    if (expected == null || expected.isNull()) {
      if (found != null) {
        for (double x : found.doubleArray()) {
          assertTrue(Math.abs(x) <= 1e-9, what + ": expected none, got " + x);
        }
      }
      return;
    }
    Tensor e = GoldenValues.tensor(expected);
    if (found == null) {
      for (double x : e.doubleArray()) {
        assertTrue(x == 0, what + ": expected " + x + ", got none");
      }
      return;
    }
    GoldenComparison.same(what, e, found);
  }
}
