package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies one scalar operation to runs of arrays.
 *
 * <p>Arrays are {@code float[] double[] int[] long[]} after the compute type. A result may be an
 * argument's array at the same offset, but must not otherwise overlap it. Whether vectors are used
 * depends on {@link LaneSupport}; the bits do not depend on it.
 */
public final class Lanes {
  private Lanes() {}

  /** Whether loops use the Vector API in this JVM. */
  public static boolean isVector() {
    return LaneSupport.VECTOR;
  }

  /** How many elements are still to be done on scalars; about: threads lose each other's counts. */
  private static int scalarsLeft = LaneSupport.SCALARS_FIRST;

  /** Whether a loop of that length may run on vectors; it counts as run. */
  public static boolean fillsVector(int n) {
    return LaneSupport.VECTOR && n >= LaneSupport.FEWEST && (scalarsLeft <= 0 || countScalars(n));
  }

  private static boolean countScalars(int n) {
    scalarsLeft -= n;
    return false;
  }

  /**
   * {@code r[ro + i] = op(a[ao + i], b[bo + i], c[co + i])} for {@code 0 <= i < n}; arguments
   * beyond the arity are ignored.
   *
   * @param operandType the compute type of the last argument, see {@code Expr.Apply.operandType}
   */
  public static void apply(
      ScalarOp op,
      ComputeType operandType,
      Object a,
      int ao,
      @Nullable Object b,
      int bo,
      @Nullable Object c,
      int co,
      Object r,
      int ro,
      int n) {
    switch (op.signature()) {
      case SAME, FLOAT, INT -> same(op, operandType, a, ao, b, bo, c, co, r, ro, n);
      case COMPARE -> MixedLanes.compare(op, operandType, a, ao, given(b), bo, (int[]) r, ro, n);
      case WHERE ->
          MixedLanes.where(operandType, (int[]) a, ao, given(b), bo, given(c), co, r, ro, n);
      case TO_BITS, FROM_BITS -> MixedLanes.bits(operandType, a, ao, r, ro, n);
      case PHILOX ->
          PhiloxLanes.words(
              (long[]) a, ao, (long[]) given(b), bo, (long[]) given(c), co, 1, (int[]) r, ro, n);
    }
  }

  private static Object given(@Nullable Object array) {
    return Objects.requireNonNull(array, "too few arguments");
  }

  private static void same(
      ScalarOp op,
      ComputeType type,
      Object a,
      int ao,
      @Nullable Object b,
      int bo,
      @Nullable Object c,
      int co,
      Object r,
      int ro,
      int n) {
    switch (type) {
      case F32 -> {
        if (op.arity() == 1) {
          unary(op, (float[]) a, ao, (float[]) r, ro, n);
        } else if (op.arity() == 2) {
          binary(op, (float[]) a, ao, (float[]) given(b), bo, (float[]) r, ro, n);
        } else {
          fma((float[]) a, ao, (float[]) given(b), bo, (float[]) given(c), co, (float[]) r, ro, n);
        }
      }
      case F64 -> {
        if (op.arity() == 1) {
          unary(op, (double[]) a, ao, (double[]) r, ro, n);
        } else if (op.arity() == 2) {
          binary(op, (double[]) a, ao, (double[]) given(b), bo, (double[]) r, ro, n);
        } else {
          fma(
              (double[]) a,
              ao,
              (double[]) given(b),
              bo,
              (double[]) given(c),
              co,
              (double[]) r,
              ro,
              n);
        }
      }
      case I32 -> {
        if (op.arity() == 1) {
          unary(op, (int[]) a, ao, (int[]) r, ro, n);
        } else if (op.arity() == 2) {
          binary(op, (int[]) a, ao, (int[]) given(b), bo, (int[]) r, ro, n);
        } else {
          throw new IllegalArgumentException(op + " has no I32 loop");
        }
      }
      case I64 -> {
        if (op.arity() == 1) {
          unary(op, (long[]) a, ao, (long[]) r, ro, n);
        } else if (op.arity() == 2) {
          binary(op, (long[]) a, ao, (long[]) given(b), bo, (long[]) r, ro, n);
        } else {
          throw new IllegalArgumentException(op + " has no I64 loop");
        }
      }
    }
  }

  /** {@code r[ro + i]} becomes the random word of an index, one seed and one stream. */
  public static void words(
      Object index, int io, Object seed, int so, Object stream, int to, Object r, int ro, int n) {
    PhiloxLanes.words(
        (long[]) index, io, (long[]) seed, so, (long[]) stream, to, 0, (int[]) r, ro, n);
  }

  /** Whether {@link #uniform} has the operation for a compute type. */
  public static boolean hasUniform(ScalarOp op, ComputeType type) {
    return type.isFloating() && ScalarLanesF32.hasUniform(op);
  }

  /** {@code r[ro + i] = op(a[ao + i], b[bo])} for {@code 0 <= i < n}, of floating numbers. */
  public static void uniform(
      ScalarOp op, ComputeType type, Object a, int ao, Object b, int bo, Object r, int ro, int n) {
    if (type == ComputeType.F32) {
      uniform(op, (float[]) a, ao, ((float[]) b)[bo], (float[]) r, ro, n);
    } else {
      uniform(op, (double[]) a, ao, ((double[]) b)[bo], (double[]) r, ro, n);
    }
  }

  /** An operation of an array and a number in {@code f32}. */
  public static void uniform(ScalarOp op, float[] a, int ao, float b, float[] r, int ro, int n) {
    int v = Trials.UNIFORM_F32.vectors(op, n);
    if (v > 0) {
      VectorLanesF32.uniform(op, a, ao, b, r, ro, v);
    }
    if (v < n) {
      Trials.UNIFORM_F32.ended(op, v);
      ScalarLanesF32.uniform(op, a, ao + v, b, r, ro + v, n - v);
    }
  }

  /** An operation of an array and a number in {@code f64}. */
  public static void uniform(ScalarOp op, double[] a, int ao, double b, double[] r, int ro, int n) {
    int v = Trials.UNIFORM_F64.vectors(op, n);
    if (v > 0) {
      VectorLanesF64.uniform(op, a, ao, b, r, ro, v);
    }
    if (v < n) {
      Trials.UNIFORM_F64.ended(op, v);
      ScalarLanesF64.uniform(op, a, ao + v, b, r, ro + v, n - v);
    }
  }

  /** An operation of one argument in {@code f32}. */
  public static void unary(ScalarOp op, float[] a, int ao, float[] r, int ro, int n) {
    int v = Trials.F32.vectors(op, n);
    if (v > 0) {
      VectorLanesF32.unary(op, a, ao, r, ro, v);
    }
    if (v < n) {
      Trials.F32.ended(op, v);
      ScalarLanesF32.unary(op, a, ao + v, r, ro + v, n - v);
    }
  }

  /** An operation of two arguments in {@code f32}, comparisons excepted. */
  public static void binary(
      ScalarOp op, float[] a, int ao, float[] b, int bo, float[] r, int ro, int n) {
    int v = Trials.F32.vectors(op, n);
    if (v > 0) {
      VectorLanesF32.binary(op, a, ao, b, bo, r, ro, v);
    }
    if (v < n) {
      Trials.F32.ended(op, v);
      ScalarLanesF32.binary(op, a, ao + v, b, bo + v, r, ro + v, n - v);
    }
  }

  /** An operation of one argument in {@code f64}. */
  public static void unary(ScalarOp op, double[] a, int ao, double[] r, int ro, int n) {
    int v = Trials.F64.vectors(op, n);
    if (v > 0) {
      VectorLanesF64.unary(op, a, ao, r, ro, v);
    }
    if (v < n) {
      Trials.F64.ended(op, v);
      ScalarLanesF64.unary(op, a, ao + v, r, ro + v, n - v);
    }
  }

  /** An operation of two arguments in {@code f64}, comparisons excepted. */
  public static void binary(
      ScalarOp op, double[] a, int ao, double[] b, int bo, double[] r, int ro, int n) {
    int v = Trials.F64.vectors(op, n);
    if (v > 0) {
      VectorLanesF64.binary(op, a, ao, b, bo, r, ro, v);
    }
    if (v < n) {
      Trials.F64.ended(op, v);
      ScalarLanesF64.binary(op, a, ao + v, b, bo + v, r, ro + v, n - v);
    }
  }

  /** An operation of one argument in {@code i32}. */
  public static void unary(ScalarOp op, int[] a, int ao, int[] r, int ro, int n) {
    int v = Trials.I32.vectors(op, n);
    if (v > 0) {
      VectorLanesI32.unary(op, a, ao, r, ro, v);
    }
    if (v < n) {
      Trials.I32.ended(op, v);
      ScalarLanesI32.unary(op, a, ao + v, r, ro + v, n - v);
    }
  }

  /** An operation of two arguments in {@code i32}, comparisons excepted. */
  public static void binary(ScalarOp op, int[] a, int ao, int[] b, int bo, int[] r, int ro, int n) {
    int v = Trials.I32.vectors(op, n);
    if (v > 0) {
      VectorLanesI32.binary(op, a, ao, b, bo, r, ro, v);
    }
    if (v < n) {
      Trials.I32.ended(op, v);
      ScalarLanesI32.binary(op, a, ao + v, b, bo + v, r, ro + v, n - v);
    }
  }

  /** An operation of one argument in {@code i64}. */
  public static void unary(ScalarOp op, long[] a, int ao, long[] r, int ro, int n) {
    int v = Trials.I64.vectors(op, n);
    if (v > 0) {
      VectorLanesI64.unary(op, a, ao, r, ro, v);
    }
    if (v < n) {
      Trials.I64.ended(op, v);
      ScalarLanesI64.unary(op, a, ao + v, r, ro + v, n - v);
    }
  }

  /** An operation of two arguments in {@code i64}, comparisons excepted. */
  public static void binary(
      ScalarOp op, long[] a, int ao, long[] b, int bo, long[] r, int ro, int n) {
    int v = Trials.I64.vectors(op, n);
    if (v > 0) {
      VectorLanesI64.binary(op, a, ao, b, bo, r, ro, v);
    }
    if (v < n) {
      Trials.I64.ended(op, v);
      ScalarLanesI64.binary(op, a, ao + v, b, bo + v, r, ro + v, n - v);
    }
  }

  private static void fma(
      float[] a, int ao, float[] b, int bo, float[] c, int co, float[] r, int ro, int n) {
    int v = Trials.F32.vectors(ScalarOp.FMA, n);
    if (v > 0) {
      VectorLanesF32.fma(a, ao, b, bo, c, co, r, ro, v);
    }
    if (v < n) {
      Trials.F32.ended(ScalarOp.FMA, v);
      ScalarLanesF32.fma(a, ao + v, b, bo + v, c, co + v, r, ro + v, n - v);
    }
  }

  private static void fma(
      double[] a, int ao, double[] b, int bo, double[] c, int co, double[] r, int ro, int n) {
    int v = Trials.F64.vectors(ScalarOp.FMA, n);
    if (v > 0) {
      VectorLanesF64.fma(a, ao, b, bo, c, co, r, ro, v);
    }
    if (v < n) {
      Trials.F64.ended(ScalarOp.FMA, v);
      ScalarLanesF64.fma(a, ao + v, b, bo + v, c, co + v, r, ro + v, n - v);
    }
  }
}
