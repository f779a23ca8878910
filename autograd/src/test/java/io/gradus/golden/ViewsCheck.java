package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A chain of operations that reinterpret memory. */
final class ViewsCheck {
  private final OperationRegistry operations;
  private final JsonNode json;

  ViewsCheck(OperationRegistry operations, JsonNode json) {
    this.operations = operations;
    this.json = json;
  }

  void run() {
    long[] shape = GoldenValues.longs(json.get("base_shape"));
    long numel = 1;
    for (long size : shape) {
      numel *= size;
    }
    Tensor base = Tensor.arange(numel).to(DType.F64).view(shape);
    Tensor t = base;
    for (JsonNode step : json.get("steps")) {
      String what = step.get("op").textValue() + " " + step.get("args");
      if (step.has("error")) {
        refused(t, step, what);
        return;
      }
      t = apply(t, step);
      assertArrayEquals(GoldenValues.longs(step.get("shape")), t.shape().toArray(), what);
      assertArrayEquals(GoldenValues.longs(step.get("stride")), t.stride(), what + ": strides");
      assertEquals(step.get("offset").longValue(), t.storageOffset(), what + ": offset");
      if (t.numel() > 0) {
        // PyTorch compares addresses: empty tensors have none.
        assertEquals(
            step.get("shares_base").booleanValue(), t.sameStorage(base), what + ": shares memory");
      }
      assertEquals(step.get("contiguous").booleanValue(), t.isContiguous(), what);
    }
    GoldenComparison.same("result", GoldenValues.decode(json.get("out")), t);
  }

  private void refused(Tensor t, JsonNode step, String what) {
    String error = step.get("error").textValue();
    String expected = error + ": " + step.get("message").textValue();
    try {
      apply(t, step);
    } catch (TensorException e) {
      assertTrue(
          ErrorCheck.counterparts(error).stream().anyMatch(c -> c.isInstance(e)),
          what + " raised " + e + " for " + expected);
      return;
    }
    fail(what + ": no error, for " + expected);
  }

  private Tensor apply(Tensor t, JsonNode step) {
    String op = step.get("op").textValue();
    List<@Nullable Object> args = new ArrayList<>();
    args.add(t);
    step.get("args").forEach(n -> args.add(GoldenValues.decode(n)));
    int which = 0;
    switch (op) {
      case "slice" -> {
        return sliced(t, args);
      }
      case "view_as", "expand_as" -> args.add(t.contiguous());
      case "split", "chunk", "tensor_split", "unbind" ->
          which = Math.toIntExact((Long) args.removeLast());
      default -> {}
    }
    Object result = operations.call(op, new Arguments(args, Map.of()));
    if (result instanceof List<?> list) {
      int at = which < 0 ? which + list.size() : which;
      if (at < 0 || at >= list.size()) {
        throw new TensorIndexException("no part " + which + " of " + list.size());
      }
      return (Tensor) list.get(at);
    }
    return (Tensor) result;
  }

  private static Tensor sliced(Tensor t, List<@Nullable Object> args) {
    int dim = Math.toIntExact((Long) args.get(1));
    int d = dim < 0 ? dim + t.dim() : dim;
    List<@Nullable Object> index = new ArrayList<>();
    for (int i = 0; i < d; i++) {
      index.add(new GoldenValues.SliceValue(null, null, null));
    }
    index.add(
        new GoldenValues.SliceValue((Long) args.get(2), (Long) args.get(3), (Long) args.get(4)));
    return Subscripts.get(t, index);
  }
}
