package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Equality of results: exact for whole numbers, to a few units in the last place for floats. */
public final class GoldenComparison {
  private GoldenComparison() {}

  /** Compares values of any kind, tensors inside lists too. */
  public static void same(String what, @Nullable Object expected, @Nullable Object actual) {
    same(what, expected, actual, 0);
  }

  /**
   * The same with a lower limit to the tolerance of floats.
   *
   * @param least see {@link RoughReferences}
   */
  public static void same(
      String what, @Nullable Object expected, @Nullable Object actual, double least) {
    if (expected instanceof Tensor e) {
      if (!(actual instanceof Tensor a)) {
        fail(what + ": expected a tensor, got " + actual);
        return;
      }
      tensors(what, e, a, least);
    } else if (expected instanceof List<?> e) {
      if (!(actual instanceof List<?> a)) {
        fail(what + ": expected a list, got " + actual);
        return;
      }
      assertEquals(e.size(), a.size(), what + ": number of results");
      for (int i = 0; i < e.size(); i++) {
        same(what + "[" + i + "]", e.get(i), a.get(i), least);
      }
    } else if (expected instanceof Double e && actual instanceof Number a) {
      close(what, e, a.doubleValue(), 1e-9);
    } else {
      assertEquals(expected, actual, what);
    }
  }

  /** Compares dtype, shape and values, all bits but those of NaN. */
  public static void exact(String what, Tensor expected, Tensor actual) {
    assertEquals(expected.dtype(), actual.dtype(), what + ": dtype");
    assertEquals(expected.shape(), actual.shape(), what + ": shape");
    if (expected.dtype().isFloating()) {
      assertArrayEquals(expected.doubleArray(), actual.doubleArray(), what);
    } else {
      assertArrayEquals(expected.longArray(), actual.longArray(), what);
    }
  }

  /** Compares dtype, shape and values. */
  public static void tensors(String what, Tensor expected, Tensor actual) {
    tensors(what, expected, actual, 0);
  }

  private static void tensors(String what, Tensor expected, Tensor actual, double least) {
    assertEquals(expected.dtype(), actual.dtype(), what + ": dtype");
    assertEquals(expected.shape(), actual.shape(), what + ": shape");
    if (expected.dtype().isFloating()) {
      double[] e = expected.doubleArray();
      double[] a = actual.doubleArray();
      for (int i = 0; i < e.length; i++) {
        double tolerance = Math.max(least, tolerance(expected.dtype()));
        close(what + ": element " + i, e[i], a[i], tolerance);
      }
    } else {
      long[] e = expected.longArray();
      long[] a = actual.longArray();
      for (int i = 0; i < e.length; i++) {
        assertEquals(e[i], a[i], what + ": element " + i);
      }
    }
  }

  private static double tolerance(DType dtype) {
    return switch (dtype) {
      case F64 -> 1e-9;
      case F32 -> 2e-5;
      case F16 -> 2e-3;
      case BF16 -> 2e-2;
      case U8, I8, I16, I32, I64, BOOL -> 0;
    };
  }

  private static void close(String what, double expected, double actual, double tolerance) {
    if (Double.compare(expected, actual) == 0 || expected == actual) {
      return;
    }
    if (!(Math.abs(expected - actual) <= tolerance * Math.max(1, Math.abs(expected)))) {
      fail(what + ": expected " + expected + ", got " + actual);
    }
  }
}
