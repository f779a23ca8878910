package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.golden.GoldenCase.Form;
import io.gradus.golden.GoldenCase.Inputs;
import io.gradus.graph.GradMode;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of one call: in both forms, in place where that exists, with its effects on memory. */
final class CallCheck {
  private final OperationRegistry operations;
  private final GoldenCase golden;
  private final JsonNode json;

  CallCheck(OperationRegistry operations, GoldenCase golden) {
    this.operations = operations;
    this.golden = golden;
    this.json = golden.json();
  }

  /** Runs all forms. */
  void run() {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      for (Form form : forms()) {
        plain(form);
        if (json.path("inplace").booleanValue()
            && operations.exists(golden.operation() + "_")
            && !golden.operation().endsWith("_")) {
          inPlace(form);
        }
      }
      if (!golden.operation().endsWith("_")
          && !json.path("alias").booleanValue()
          && !json.has("free")
          && !json.has("mutated")
          && !TiedIndices.has(golden.operation())
          && GoldenValues.decode(json.get("out")) instanceof Tensor expected) {
        new OutCheck(operations, golden, expected).run();
      }
    }
  }

  /** Contiguous memory has no room for what {@code as_strided} reaches beyond a view. */
  List<Form> forms() {
    return golden.operation().startsWith("as_strided")
        ? List.of(Form.ORIGINAL)
        : List.of(Form.ORIGINAL, Form.CONTIGUOUS);
  }

  private void plain(Form form) {
    Inputs inputs = golden.inputs(form, false);
    Object result = call(golden.operation(), inputs);
    String what = form == Form.ORIGINAL ? "" : "contiguous: ";
    Object wanted = GoldenValues.decode(json.get("out"));
    if (TiedIndices.has(golden.operation())) {
      compare(
          what,
          TiedIndices.resolved(inputs.arguments(), wanted),
          TiedIndices.resolved(inputs.arguments(), result));
    } else {
      compare(what, wanted, result);
    }
    List<Tensor> before = golden.inputs(form, false).tensors();
    JsonNode mutated = json.path("mutated");
    for (int i = 0; i < before.size(); i++) {
      JsonNode written = mutated.path(String.valueOf(i));
      Tensor expected = written.isMissingNode() ? before.get(i) : GoldenValues.tensor(written);
      if (written.isMissingNode() && golden.operation().endsWith("_") && i == 0) {
        continue;
      }
      GoldenComparison.same(
          what + "argument " + i + " afterwards", expected, inputs.tensors().get(i));
    }
    if (form == Form.ORIGINAL && !golden.operation().endsWith("_")) {
      memory(inputs.tensors(), GoldenCase.tensors(result));
    }
  }

  private void compare(String what, @Nullable Object expected, @Nullable Object actual) {
    if (!json.has("free")) {
      double rough = RoughReferences.error(golden.operation());
      GoldenComparison.same(what + "result", expected, actual, rough);
      return;
    }
    List<Tensor> e = GoldenCase.tensors(expected);
    List<Tensor> a = GoldenCase.tensors(actual);
    assertEquals(e.size(), a.size(), what + "number of results");
    List<Integer> free = new ArrayList<>();
    json.get("free").forEach(i -> free.add(i.intValue()));
    for (int i = 0; i < e.size(); i++) {
      if (free.contains(i)) {
        assertEquals(e.get(i).dtype(), a.get(i).dtype(), what + "dtype of result " + i);
        assertEquals(e.get(i).shape(), a.get(i).shape(), what + "shape of result " + i);
      } else {
        GoldenComparison.same(what + "result " + i, e.get(i), a.get(i));
      }
    }
    FreeResults.check(golden.operation(), what, e, a);
  }

  private void memory(List<Tensor> arguments, List<Tensor> results) {
    boolean alias = json.path("alias").booleanValue();
    List<Tensor> expected = GoldenCase.tensors(GoldenValues.decode(json.get("out")));
    boolean shares = false;
    for (int i = 0; i < results.size(); i++) {
      Tensor r = results.get(i);
      if (r.numel() == 0) {
        continue;
      }
      boolean views = arguments.stream().anyMatch(r::sameStorage);
      shares |= views;
      if (alias && views) {
        assertArrayEquals(places(expected.get(i)), places(r), "strides of result " + i);
      }
    }
    boolean any = results.stream().anyMatch(r -> r.numel() > 0);
    if (alias && any) {
      assertTrue(shares, "no result shares memory with an argument");
    } else if (any) {
      assertFalse(shares, "a result shares memory with an argument");
    }
  }

  /** The strides of the dimensions that have any. */
  private static long[] places(Tensor t) {
    List<Long> kept = new ArrayList<>();
    for (int d = 0; d < t.dim(); d++) {
      if (t.size(d) > 1) {
        kept.add(t.stride(d));
      }
    }
    return kept.stream().mapToLong(Long::longValue).toArray();
  }

  private void inPlace(Form form) {
    Inputs inputs = golden.inputs(form, false);
    List<@Nullable Object> positional = new ArrayList<>(inputs.arguments().positional());
    if (!(positional.get(0) instanceof Tensor first)) {
      return;
    }
    if (json.has("inplace_out")
        && overlaps(golden.inputs(Form.ORIGINAL, false).tensors().getFirst())) {
      // What PyTorch wrote to one place several times says nothing.
      return;
    }
    Tensor self = first.cloneContiguous();
    positional.set(0, self);
    JsonNode expected = json.has("inplace_out") ? json.get("inplace_out") : json.get("out");
    if (GoldenValues.decode(expected) instanceof Tensor grown && grown.numel() != self.numel()) {
      // PyTorch's addbmm_ grows its tensor; none of ours does.
      assertThrows(
          TensorException.class,
          () ->
              operations.call(
                  golden.operation() + "_", new Arguments(positional, inputs.arguments().named())));
      return;
    }
    Object result =
        operations.call(
            golden.operation() + "_", new Arguments(positional, inputs.arguments().named()));
    assertSame(self, result, "in place: returns its tensor");
    GoldenComparison.same("in place", GoldenValues.decode(expected), self);
  }

  private static boolean overlaps(Tensor t) {
    Set<Long> places = new HashSet<>();
    Layout layout = Internals.operand(t).layout();
    for (long i = 0; i < t.numel(); i++) {
      if (!places.add(layout.at(i))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Object call(String operation, Inputs inputs) {
    Object result = operations.call(operation, inputs.arguments());
    // The samples of least squares made for gradients keep the first two results only.
    return golden.variant().equals("grad_oriented") && result instanceof List<?> all
        ? all.subList(0, json.get("out").get("list").size())
        : result;
  }
}
