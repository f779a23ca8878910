package io.gradus.pointwise;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;

/** Decodes recorded arguments and results. */
public final class GoldenValue {
  private GoldenValue() {}

  /** The dtype with a long name such as {@code float32}. */
  public static DType dtype(String longName) {
    for (DType d : DType.values()) {
      if (d.longName().equals(longName)) {
        return d;
      }
    }
    throw new IllegalArgumentException("no dtype " + longName);
  }

  /** The elements of an encoded tensor as doubles or, for whole numbers, longs. */
  public static Object elements(JsonNode t) {
    DType dtype = dtype(t.get("dtype").asText());
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(t.get("data").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    int n = bytes.capacity() / dtype.byteSize();
    double[] floats = new double[n];
    long[] wholes = new long[n];
    for (int i = 0; i < n; i++) {
      switch (dtype) {
        case F32 -> floats[i] = bytes.getFloat();
        case F64 -> floats[i] = bytes.getDouble();
        case F16 -> floats[i] = Float.float16ToFloat(bytes.getShort());
        case BF16 -> floats[i] = BFloat16.toFloat(bytes.getShort());
        case U8 -> wholes[i] = bytes.get() & 0xff;
        case I8, BOOL -> wholes[i] = bytes.get();
        case I16 -> wholes[i] = bytes.getShort();
        case I32 -> wholes[i] = bytes.getInt();
        case I64 -> wholes[i] = bytes.getLong();
      }
    }
    return dtype.isFloating() ? floats : wholes;
  }

  /** A tensor with the recorded shape, strides and elements. */
  public static Tensor tensor(JsonNode t) {
    DType dtype = dtype(t.get("dtype").asText());
    long[] shape = longs(t.get("shape"));
    Tensor flat =
        elements(t) instanceof double[] d ? Tensor.tensor(d) : Tensor.tensor((long[]) elements(t));
    Tensor r = strided(flat.to(dtype).view(shape), longs(t.get("stride")));
    return t.path("requires_grad").asBoolean() ? r.detach().requiresGrad_() : r;
  }

  /** The same elements with dimensions in another order in memory, or repeated, as recorded. */
  private static Tensor strided(Tensor t, long[] stride) {
    Tensor r = t;
    for (int d = 0; d < stride.length; d++) {
      if (stride[d] == 0 && t.size(d) > 1) {
        r = r.narrow(d, 0, 1);
      }
    }
    Integer[] order = new Integer[stride.length];
    java.util.Arrays.setAll(order, d -> d);
    java.util.Arrays.sort(order, (a, b) -> Long.compare(stride[b], stride[a]));
    int[] to = java.util.Arrays.stream(order).mapToInt(i -> i).toArray();
    int[] back = new int[to.length];
    for (int i = 0; i < to.length; i++) {
      back[to[i]] = i;
    }
    return to.length < 2 || t.numel() == 0
        ? r.expand(longs(t))
        : r.permute(to).contiguous().permute(back).expand(longs(t));
  }

  private static long[] longs(Tensor t) {
    return t.shape().toArray();
  }

  static long[] longs(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  /** A tensor, number, truth value, string, list, dtype, or (for JSON null) {@code NONE}. */
  public static Object argument(JsonNode a) {
    if (a.has("t")) {
      return tensor(a.get("t"));
    }
    if (a.has("list")) {
      List<Object> list = new ArrayList<>();
      a.get("list").forEach(e -> list.add(argument(e)));
      return list;
    }
    if (a.has("dtype")) {
      return dtype(a.get("dtype").asText());
    }
    if (a.isTextual()) {
      return switch (a.asText()) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        case "-Infinity" -> Double.NEGATIVE_INFINITY;
        default -> a.asText();
      };
    }
    return a.isBoolean()
        ? (Object) a.asBoolean()
        : a.isIntegralNumber() ? (Object) a.asLong() : a.isNumber() ? (Object) a.asDouble() : NONE;
  }

  /** Stands for Python's None. */
  public static final Object NONE = new Object();
}
