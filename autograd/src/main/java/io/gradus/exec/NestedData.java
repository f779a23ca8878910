package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers in nested arrays and lists, with the shape and dtype that they have together. */
public final class NestedData {
  private final List<Object> leaves = new ArrayList<>();
  private final long[] sizes;
  private final DType dtype;
  private final long numel;

  private NestedData(Object data) {
    List<Long> found = new ArrayList<>();
    Object level = data;
    @Nullable DType leaf = null;
    while (isSequence(level)) {
      long n = length(level);
      found.add(n);
      if (level.getClass().isArray() && level.getClass().getComponentType().isPrimitive()) {
        leaf = Transfers.dtypeOf(level);
        break;
      }
      if (n == 0) {
        break;
      }
      level = first(level);
    }
    this.sizes = found.stream().mapToLong(n -> n).toArray();
    collect(data, 0, "data");
    this.dtype = leaf != null ? leaf : infer();
    this.numel = Shape.of(sizes).numel();
  }

  /**
   * Looks through a number, an array, or a list.
   *
   * @throws ShapeException for ragged rows
   * @throws InvalidArgumentException for what is no number
   */
  public static NestedData of(Object data) {
    return new NestedData(data);
  }

  /** The sizes of the levels. */
  public Shape shape() {
    return Shape.of(sizes);
  }

  /** The dtype of primitive arrays, else i64, the default dtype, or bool. */
  public DType dtype() {
    return dtype;
  }

  private DType infer() {
    DType number = null;
    for (Object leaf : leaves) {
      DType one =
          leaf instanceof Tensor t
              ? t.dtype()
              : leaf.getClass().isArray()
                  ? Transfers.dtypeOf(leaf)
                  : Promotion.ofNumber(scalar(leaf).category());
      number = Promotion.promoteNullable(number, one);
    }
    return number == null ? Promotion.defaultDType() : number;
  }

  private void collect(Object data, int depth, String path) {
    if (!isSequence(data)) {
      if (depth != sizes.length) {
        throw new ShapeException(
            "[tensor] expected a sequence of length %d at dim %d, but %s is a single number; all rows of one level must be equally long"
                .formatted(sizes[depth], depth, path));
      }
      if (!(data instanceof Tensor) && scalarOrNull(data) == null) {
        throw new InvalidArgumentException(
            "[tensor] could not infer dtype of %s: %s; give numbers, truth values, or arrays and lists of them"
                .formatted(data.getClass().getName(), path));
      }
      if (data instanceof Tensor t && t.numel() != 1) {
        throw new ShapeException(
            "[tensor] only one element tensors can be converted to numbers: %s has shape %s; use stack"
                .formatted(path, t.shape()));
      }
      leaves.add(data);
      return;
    }
    long n = length(data);
    if (depth >= sizes.length) {
      throw new ShapeException(
          "[tensor] expected a number at dim %d, but %s is a sequence of length %d; all rows of one level must be equally deep"
              .formatted(depth, path, n));
    }
    if (n != sizes[depth]) {
      throw new ShapeException(
          "[tensor] expected sequence of length %d at dim %d (got %d): %s; all rows of one level must be equally long"
              .formatted(sizes[depth], depth, n, path));
    }
    if (data.getClass().isArray() && data.getClass().getComponentType().isPrimitive()) {
      if (depth + 1 < sizes.length) {
        throw new ShapeException(
            "[tensor] expected a sequence of length %d at dim %d, but %s is an array of numbers; all rows of one level must be equally deep"
                .formatted(sizes[depth + 1], depth + 1, path));
      }
      leaves.add(data);
      return;
    }
    int i = 0;
    for (Object row : rows(data)) {
      collect(row, depth + 1, path + "[" + i++ + "]");
    }
  }

  private static boolean isSequence(Object data) {
    return data.getClass().isArray() || data instanceof Iterable<?>;
  }

  private static long length(Object data) {
    return data.getClass().isArray() ? Array.getLength(data) : rows(data).size();
  }

  private static Object first(Object data) {
    return rows(data).getFirst();
  }

  private static List<Object> rows(Object data) {
    List<Object> rows = new ArrayList<>();
    if (data instanceof Object[] array) {
      for (Object row : array) {
        rows.add(checked(row, rows.size()));
      }
    } else if (data instanceof Iterable<?> list) {
      for (Object row : list) {
        rows.add(checked(row, rows.size()));
      }
    }
    return rows;
  }

  private static Object checked(@Nullable Object row, int i) {
    if (row == null) {
      throw new InvalidArgumentException(
          "[tensor] could not infer dtype of null: element " + i + " of a row; give numbers");
    }
    return row;
  }

  private static Scalar scalar(Object leaf) {
    Scalar s = scalarOrNull(leaf);
    if (s == null) {
      throw new IllegalStateException("not a number: " + leaf.getClass());
    }
    return s;
  }

  private static @Nullable Scalar scalarOrNull(Object leaf) {
    return switch (leaf) {
      case Boolean b -> Scalar.of(b.booleanValue());
      case Number n -> Scalar.of(n);
      case Tensor t ->
          t.dtype() == DType.BOOL ? Scalar.of(t.item().longValue() != 0) : Scalar.of(t.item());
      default -> null;
    };
  }

  /** The numbers in row-major order as a primitive array of the dtype's storage type. */
  public Object values(DType to) {
    if (numel > Integer.MAX_VALUE - 8) {
      throw new ShapeException("[tensor] a Java array holds at most 2^31-9 elements: " + numel);
    }
    Object out = Transfers.newArray(to, (int) numel);
    int at = 0;
    for (Object leaf : leaves) {
      if (!leaf.getClass().isArray()) {
        store(out, at++, scalar(leaf), to);
        continue;
      }
      int n = Array.getLength(leaf);
      if (leaf.getClass() == out.getClass() && Transfers.dtypeOf(leaf) == to) {
        System.arraycopy(leaf, 0, out, at, n);
      } else {
        for (int i = 0; i < n; i++) {
          Object element = Array.get(leaf, i);
          store(out, at + i, scalar(element), to);
        }
      }
      at += n;
    }
    return out;
  }

  private static void store(Object out, int i, Scalar s, DType to) {
    if (!to.isFloating() && to != DType.BOOL) {
      Conditions.checkRange("tensor", s, to);
    }
    switch (to) {
      case F32 -> ((float[]) out)[i] = (float) s.toDouble();
      case F64 -> ((double[]) out)[i] = s.toDouble();
      case F16 -> ((short[]) out)[i] = Float.floatToFloat16((float) s.toDouble());
      case BF16 -> ((short[]) out)[i] = BFloat16.fromFloat((float) s.toDouble());
      case I16 -> ((short[]) out)[i] = (short) s.toLong();
      case U8, I8 -> ((byte[]) out)[i] = (byte) s.toLong();
      case BOOL -> ((byte[]) out)[i] = (byte) (s.toBoolean() ? 1 : 0);
      case I32 -> ((int[]) out)[i] = (int) s.toLong();
      case I64 -> ((long[]) out)[i] = s.toLong();
    }
  }
}
