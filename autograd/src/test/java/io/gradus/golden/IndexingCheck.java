package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Tensor;
import io.gradus.tensor.error.TensorException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading and writing through one subscript. */
final class IndexingCheck {
  private final JsonNode json;

  IndexingCheck(JsonNode json) {
    this.json = json;
  }

  void run() {
    Tensor base = GoldenValues.tensor(json.get("base"));
    List<@Nullable Object> index = new ArrayList<>();
    json.get("index").forEach(n -> index.add(GoldenValues.decode(n)));
    boolean set = json.get("kind").textValue().equals("set");
    if (json.has("error")) {
      refused(base, index, set);
    } else if (set) {
      Subscripts.set(base, index, GoldenValues.decode(json.get("value")));
      GoldenComparison.same("afterwards", GoldenValues.decode(json.get("after")), base);
    } else {
      Tensor expected = GoldenValues.tensor(json.get("out"));
      Tensor result = Subscripts.get(base, index);
      GoldenComparison.same("result", expected, result);
      boolean view = json.path("view").booleanValue();
      assertTrue(result.numel() == 0 || view == result.sameStorage(base), "shares memory");
      // Empty tensors have no address, by which PyTorch's answer was found.
      boolean picks = index.stream().anyMatch(p -> p instanceof Tensor || p instanceof Boolean);
      if (view && (result.numel() > 0 || !picks)) {
        assertArrayEquals(expected.stride(), result.stride(), "strides");
        assertEquals(expected.storageOffset(), result.storageOffset(), "offset");
      }
    }
  }

  private void refused(Tensor base, List<@Nullable Object> index, boolean set) {
    String error = json.get("error").textValue();
    try {
      if (set) {
        Subscripts.set(base, index, GoldenValues.decode(json.get("value")));
      } else {
        Subscripts.get(base, index);
      }
    } catch (TensorException e) {
      assertTrue(
          ErrorCheck.counterparts(error).stream().anyMatch(c -> c.isInstance(e)),
          "raised " + e + " for " + error + ": " + json.get("message").textValue());
      if (set) {
        GoldenComparison.same("unchanged", GoldenValues.decode(json.get("after")), base);
      }
      return;
    }
    fail("no error, for " + error + ": " + json.get("message").textValue());
  }
}
