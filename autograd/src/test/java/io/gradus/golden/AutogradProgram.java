package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Autograd;
import io.gradus.GradOptions;
import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.HookHandle;
import io.gradus.graph.Node;
import io.gradus.tensor.error.TensorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One program of {@code inplace_autograd.jsonl.gz}: runs its steps and compares what they show. */
final class AutogradProgram {
  private final OperationRegistry operations;
  private final Map<String, @Nullable Object> variables = new HashMap<>();
  private final Map<String, HookHandle> hooks = new HashMap<>();
  private boolean failedWalk;

  AutogradProgram(OperationRegistry operations) {
    this.operations = operations;
  }

  void run(JsonNode program) {
    try (GradMode.Scope outer = GradMode.enableGrad()) {
      int number = 0;
      for (JsonNode step : program.get("steps")) {
        run(step, "step " + number++ + " " + shortly(step));
      }
      assertTrue(number > 0 && outer != null, "a program without steps");
    }
  }

  private static String shortly(JsonNode step) {
    String s = step.toString();
    return s.length() > 160 ? s.substring(0, 160) + "…" : s;
  }

  private void run(JsonNode step, String what) {
    if (!step.has("error")) {
      try {
        perform(step, what);
      } catch (TensorException e) {
        throw new AssertionError(what + ": " + e, e);
      } catch (UnsupportedOperationException e) {
        Assumptions.abort("not there yet: " + e.getMessage());
      }
      return;
    }
    Map<Tensor, @Nullable Tensor> before = gradients();
    try {
      perform(step, what);
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("not there yet: " + e.getMessage());
    } catch (TensorException e) {
      // Differs, stronger: a walk that fails leaves every gradient as it was.
      assertEquals(before, gradients(), what);
      failedWalk |= step.get("do").textValue().equals("backward");
      String phrase = ErrorPhrases.of(step.get("message").textValue());
      assertTrue(
          e.getMessage().contains(phrase), what + ": " + e.getMessage() + " lacks " + phrase);
      return;
    }
    fail(what + ": expected an error: " + step.get("message"));
  }

  private Map<Tensor, @Nullable Tensor> gradients() {
    Map<Tensor, @Nullable Tensor> all = new IdentityHashMap<>();
    for (Object v : variables.values()) {
      if (v instanceof Tensor t) {
        all.put(t, Internals.grad(t));
      }
    }
    return all;
  }

  private void perform(JsonNode step, String what) {
    switch (step.get("do").textValue()) {
      case "leaf" -> {
        Tensor t = GoldenValues.tensor(step.get("value"));
        // The files were written by a reader that fills its leaves in place.
        Internals.version(t).bump();
        define(step, step.path("requires_grad").booleanValue() ? t.requiresGrad_() : t);
      }
      case "op" -> define(step, operations.call(step.get("op").textValue(), arguments(step)));
      case "index" -> define(step, Subscripts.get(of(step), list(step.get("index"))));
      case "set_index" ->
          Subscripts.set(of(step), list(step.get("index")), value(step.get("value")));
      case "item" ->
          define(step, ((List<?>) raw(step.get("of"))).get(step.get("number").intValue()));
      case "attr" ->
          define(
              step,
              step.get("name").textValue().equals("data") ? of(step).data() : of(step).grad());
      case "backward" -> backward(step);
      case "grad" -> grad(step);
      case "set_grad" -> of(step).setGrad((Tensor) value(step.get("value")));
      case "set_data" -> of(step).setData(tensor(step.get("value")));
      case "retain_grad" -> of(step).retainGrad();
      case "hook" -> {
        double scale = step.get("scale").doubleValue();
        hooks.put("$" + step.get("as").textValue(), of(step).registerHook(g -> g.mul(scale)));
      }
      case "remove_hook" -> {
        HookHandle handle = hooks.get(step.get("of").textValue());
        if (handle == null) {
          throw new IllegalStateException("no hook " + step);
        }
        handle.remove();
      }
      // Until changed; run() restores what was before.
      case "grad_mode" -> GradMode.set(step.get("enabled").booleanValue());
      case "read" -> GoldenComparison.same(what, value(step.get("result")), raw(step.get("of")));
      case "read_grad" -> readGrad(step, what);
      case "info" -> info(of(step), step.get("result"), what);
      case "same" ->
          assertEquals(
              step.get("result").booleanValue(),
              raw(step.get("of")) == raw(step.get("other")),
              what);
      case "shares" ->
          assertEquals(
              step.get("result").booleanValue(),
              of(step).sameStorage(tensor(step.get("other"))),
              what);
      default -> throw new IllegalArgumentException("no step " + step.get("do"));
    }
  }

  private void backward(JsonNode step) {
    JsonNode options = step.path("options");
    JsonNode inputs = options.path("inputs");
    of(step)
        .backward(
            (Tensor) value(step.path("gradient")),
            options.has("retain_graph") ? options.get("retain_graph").booleanValue() : null,
            options.path("create_graph").booleanValue(),
            inputs.isMissingNode() ? null : tensors(inputs));
  }

  private void grad(JsonNode step) {
    JsonNode o = step.path("options");
    GradOptions options =
        GradOptions.DEFAULT
            .createGraph(o.path("create_graph").booleanValue())
            .allowUnused(o.path("allow_unused").booleanValue())
            .materializeGrads(o.path("materialize_grads").booleanValue());
    if (o.has("grad_outputs") && !o.get("grad_outputs").isNull()) {
      List<@Nullable Tensor> given = new ArrayList<>();
      for (Object g : (List<?>) value(o.get("grad_outputs"))) {
        given.add((Tensor) g);
      }
      options = options.gradOutputs(given);
    }
    List<@Nullable Tensor> found =
        Autograd.grad(tensors(step.get("outputs")), tensors(step.get("inputs")), options);
    for (int i = 0; i < found.size(); i++) {
      variables.put("$" + step.get("as").get(i).textValue(), found.get(i));
    }
  }

  private void readGrad(JsonNode step, String what) {
    if (failedWalk) {
      return;
    }
    Tensor g = of(step).grad();
    if (step.get("result").isNull()) {
      assertNull(g, what);
    } else {
      GoldenComparison.same(what, value(step.get("result")), g);
    }
  }

  private static void info(Tensor t, JsonNode expected, String what) {
    Node node = t.gradFn();
    String name = expected.get("grad_fn").isNull() ? null : expected.get("grad_fn").textValue();
    // The derivative of a pointwise operation is one node here, several in PyTorch.
    if (node == null || !node.name().endsWith("BackwardBackward0")) {
      assertEquals(
          name == null ? null : name.replace("torch::autograd::", ""),
          node == null ? null : node.name(),
          what);
    }
    assertEquals(expected.get("is_leaf").booleanValue(), t.isLeaf(), what + ": is_leaf");
    assertEquals(
        expected.get("requires_grad").booleanValue(), t.requiresGrad(), what + ": requires_grad");
    assertEquals(expected.get("version").intValue(), t.version(), what + ": version");
    assertEquals(expected.get("is_view").booleanValue(), t.isView(), what + ": is_view");
    assertEquals(GoldenValues.dtype(expected.get("dtype").textValue()), t.dtype(), what);
  }

  private Arguments arguments(JsonNode step) {
    Map<String, @Nullable Object> named = new HashMap<>();
    for (Map.Entry<String, JsonNode> e : step.path("kwargs").properties()) {
      named.put(e.getKey(), value(e.getValue()));
    }
    return new Arguments(list(step.get("args")), named);
  }

  private void define(JsonNode step, @Nullable Object value) {
    if (step.has("as")) {
      variables.put("$" + step.get("as").textValue(), value);
    }
  }

  private Tensor of(JsonNode step) {
    return tensor(step.get("of"));
  }

  private Tensor tensor(JsonNode node) {
    if (value(node) instanceof Tensor t) {
      return t;
    }
    throw new IllegalStateException("no tensor: " + node);
  }

  private List<Tensor> tensors(JsonNode nodes) {
    List<Tensor> all = new ArrayList<>();
    for (JsonNode n : nodes.has("list") ? nodes.get("list") : nodes) {
      all.add(tensor(n));
    }
    return all;
  }

  private List<@Nullable Object> list(JsonNode nodes) {
    List<@Nullable Object> all = new ArrayList<>();
    for (JsonNode n : nodes) {
      all.add(value(n));
    }
    return all;
  }

  private @Nullable Object raw(JsonNode node) {
    String name = node.textValue();
    if (!variables.containsKey(name)) {
      throw new IllegalStateException("no variable " + name);
    }
    return variables.get(name);
  }

  private @Nullable Object value(JsonNode node) {
    if (node.isTextual() && node.textValue().startsWith("$")) {
      return raw(node);
    }
    if (node.has("list")) {
      return list(node.get("list"));
    }
    return GoldenValues.decode(node);
  }
}
