package io.gradus.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON to values: tensors with their strides, {@code Long}, {@code Double}, {@code Boolean}, {@code
 * String}, {@code DType}, lists, {@link SliceValue} and {@link Ellipsis}.
 */
public final class GoldenValues {
  /** A range in a subscript; null where it was left out. */
  public record SliceValue(@Nullable Long start, @Nullable Long stop, @Nullable Long step) {}

  /** The rest of the dimensions in a subscript. */
  public record Ellipsis() {}

  private GoldenValues() {}

  /** The value that JSON stands for; null for null. */
  public static @Nullable Object decode(JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isTextual()) {
      return switch (node.textValue()) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> node.textValue();
      };
    }
    if (node.isArray()) {
      return list(node);
    }
    if (node.has("t")) {
      return tensor(node);
    }
    if (node.has("list")) {
      return list(node.get("list"));
    }
    if (node.has("slice")) {
      JsonNode s = node.get("slice");
      for (JsonNode bound : s) {
        if (!bound.isNull() && !bound.isIntegralNumber()) {
          throw new InexpressibleException("a range with bound " + bound);
        }
      }
      return new SliceValue(
          (Long) decode(s.get(0)), (Long) decode(s.get(1)), (Long) decode(s.get(2)));
    }
    if (node.has("ellipsis")) {
      return new Ellipsis();
    }
    if (node.size() == 1 && node.has("dtype")) {
      return dtype(node.get("dtype").textValue());
    }
    throw new IllegalArgumentException("no value: " + node);
  }

  private static List<@Nullable Object> list(JsonNode nodes) {
    List<@Nullable Object> all = new ArrayList<>();
    for (JsonNode n : nodes) {
      all.add(decode(n));
    }
    return all;
  }

  /** A dtype by PyTorch's name. */
  public static DType dtype(String name) {
    return switch (name) {
      case "float32" -> DType.F32;
      case "float64" -> DType.F64;
      case "float16" -> DType.F16;
      case "bfloat16" -> DType.BF16;
      case "uint8" -> DType.U8;
      case "int8" -> DType.I8;
      case "int16" -> DType.I16;
      case "int32" -> DType.I32;
      case "int64" -> DType.I64;
      case "bool" -> DType.BOOL;
      default -> throw new IllegalArgumentException("no dtype " + name);
    };
  }

  /** The name that PyTorch gives a dtype. */
  public static String name(DType dtype) {
    return switch (dtype) {
      case F32 -> "float32";
      case F64 -> "float64";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      case U8 -> "uint8";
      case I8 -> "int8";
      case I16 -> "int16";
      case I32 -> "int32";
      case I64 -> "int64";
      case BOOL -> "bool";
    };
  }

  /** Where all tensors are: {@code -Dgradus.goldens.device}, the CPU if it is not set. */
  public static Device device() {
    return Device.of(System.getProperty("gradus.goldens.device", "cpu"));
  }

  /** A tensor {@code {"t": …}} with the strides of the sample and memory of its own. */
  public static Tensor tensor(JsonNode node) {
    return tensor(node, device());
  }

  /** The same on some device. */
  static Tensor tensor(JsonNode node, Device device) {
    JsonNode t = node.get("t");
    DType dtype = dtype(t.get("dtype").textValue());
    Shape shape = Shape.of(longs(t.get("shape")));
    Layout layout = Layout.of(shape, longs(t.get("stride")), t.get("offset").longValue());
    byte[] logical = Base64.getDecoder().decode(t.get("data").textValue());
    int size = dtype.byteSize();
    long elements = shape.numel() == 0 ? layout.offset() : Math.max(layout.end(), layout.offset());
    byte[] memory = new byte[Math.toIntExact(elements * size)];
    for (int i = 0; i < shape.numel(); i++) {
      System.arraycopy(logical, i * size, memory, (int) layout.at(i) * size, size);
    }
    Storage storage = device.allocate(dtype, elements);
    Object array = io.gradus.exec.Transfers.newArray(dtype, (int) elements);
    MemorySegment to = io.gradus.exec.Transfers.segment(array);
    MemorySegment.copy(MemorySegment.ofArray(memory), 0, to, 0, memory.length);
    device.upload(to, storage, 0);
    Tensor result = Internals.fresh(new Operand(storage, dtype, layout));
    return t.path("requires_grad").booleanValue() ? result.requiresGrad_() : result;
  }

  /** An array of whole numbers. */
  public static long[] longs(JsonNode node) {
    long[] all = new long[node.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = node.get(i).longValue();
    }
    return all;
  }
}
