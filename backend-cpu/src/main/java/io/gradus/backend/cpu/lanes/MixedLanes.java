package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScalarOp;

/** What {@link Lanes#apply} does with operations whose arguments and results differ in type. */
final class MixedLanes {
  private MixedLanes() {}

  static void compare(
      ScalarOp op, ComputeType type, Object a, int ao, Object b, int bo, int[] r, int ro, int n) {
    switch (type) {
      case F32 -> {
        int v = Trials.F32.vectors(op, n);
        if (v > 0) {
          VectorLanesF32.compare(op, (float[]) a, ao, (float[]) b, bo, r, ro, v);
        }
        if (v < n) {
          Trials.F32.ended(op, v);
          ScalarLanesF32.compare(op, (float[]) a, ao + v, (float[]) b, bo + v, r, ro + v, n - v);
        }
      }
      case F64 -> {
        int v = Trials.F64.vectors(op, n);
        if (v > 0) {
          VectorLanesF64.compare(op, (double[]) a, ao, (double[]) b, bo, r, ro, v);
        }
        if (v < n) {
          Trials.F64.ended(op, v);
          ScalarLanesF64.compare(op, (double[]) a, ao + v, (double[]) b, bo + v, r, ro + v, n - v);
        }
      }
      case I32 -> {
        int v = Trials.I32.vectors(op, n);
        if (v > 0) {
          VectorLanesI32.compare(op, (int[]) a, ao, (int[]) b, bo, r, ro, v);
        }
        if (v < n) {
          Trials.I32.ended(op, v);
          ScalarLanesI32.compare(op, (int[]) a, ao + v, (int[]) b, bo + v, r, ro + v, n - v);
        }
      }
      case I64 -> {
        int v = Trials.I64.vectors(op, n);
        if (v > 0) {
          VectorLanesI64.compare(op, (long[]) a, ao, (long[]) b, bo, r, ro, v);
        }
        if (v < n) {
          Trials.I64.ended(op, v);
          ScalarLanesI64.compare(op, (long[]) a, ao + v, (long[]) b, bo + v, r, ro + v, n - v);
        }
      }
    }
  }

  static void where(
      ComputeType type,
      int[] a,
      int ao,
      Object b,
      int bo,
      Object c,
      int co,
      Object r,
      int ro,
      int n) {
    switch (type) {
      case F32 -> {
        int v = Trials.F32.vectors(ScalarOp.WHERE, n);
        if (v > 0) {
          VectorLanesF32.where(a, ao, (float[]) b, bo, (float[]) c, co, (float[]) r, ro, v);
        }
        if (v < n) {
          Trials.F32.ended(ScalarOp.WHERE, v);
          ScalarLanesF32.where(
              a, ao + v, (float[]) b, bo + v, (float[]) c, co + v, (float[]) r, ro + v, n - v);
        }
      }
      case F64 -> {
        int v = Trials.F64.vectors(ScalarOp.WHERE, n);
        if (v > 0) {
          VectorLanesF64.where(a, ao, (double[]) b, bo, (double[]) c, co, (double[]) r, ro, v);
        }
        if (v < n) {
          Trials.F64.ended(ScalarOp.WHERE, v);
          ScalarLanesF64.where(
              a, ao + v, (double[]) b, bo + v, (double[]) c, co + v, (double[]) r, ro + v, n - v);
        }
      }
      case I32 -> {
        int v = Trials.I32.vectors(ScalarOp.WHERE, n);
        if (v > 0) {
          VectorLanesI32.where(a, ao, (int[]) b, bo, (int[]) c, co, (int[]) r, ro, v);
        }
        if (v < n) {
          Trials.I32.ended(ScalarOp.WHERE, v);
          ScalarLanesI32.where(
              a, ao + v, (int[]) b, bo + v, (int[]) c, co + v, (int[]) r, ro + v, n - v);
        }
      }
      case I64 -> {
        int v = Trials.I64.vectors(ScalarOp.WHERE, n);
        if (v > 0) {
          VectorLanesI64.where(a, ao, (long[]) b, bo, (long[]) c, co, (long[]) r, ro, v);
        }
        if (v < n) {
          Trials.I64.ended(ScalarOp.WHERE, v);
          ScalarLanesI64.where(
              a, ao + v, (long[]) b, bo + v, (long[]) c, co + v, (long[]) r, ro + v, n - v);
        }
      }
    }
  }

  static void bits(ComputeType type, Object a, int ao, Object r, int ro, int n) {
    switch (type) {
      case F32 -> {
        int v = Trials.F32.vectors(ScalarOp.TO_BITS, n);
        if (v > 0) {
          VectorLanesF32.toBits((float[]) a, ao, (int[]) r, ro, v);
        }
        if (v < n) {
          Trials.F32.ended(ScalarOp.TO_BITS, v);
          ScalarLanesF32.toBits((float[]) a, ao + v, (int[]) r, ro + v, n - v);
        }
      }
      case F64 -> {
        int v = Trials.F64.vectors(ScalarOp.TO_BITS, n);
        if (v > 0) {
          VectorLanesF64.toBits((double[]) a, ao, (long[]) r, ro, v);
        }
        if (v < n) {
          Trials.F64.ended(ScalarOp.TO_BITS, v);
          ScalarLanesF64.toBits((double[]) a, ao + v, (long[]) r, ro + v, n - v);
        }
      }
      case I32 -> {
        int v = Trials.I32.vectors(ScalarOp.FROM_BITS, n);
        if (v > 0) {
          VectorLanesI32.fromBits((int[]) a, ao, (float[]) r, ro, v);
        }
        if (v < n) {
          Trials.I32.ended(ScalarOp.FROM_BITS, v);
          ScalarLanesI32.fromBits((int[]) a, ao + v, (float[]) r, ro + v, n - v);
        }
      }
      case I64 -> {
        int v = Trials.I64.vectors(ScalarOp.FROM_BITS, n);
        if (v > 0) {
          VectorLanesI64.fromBits((long[]) a, ao, (double[]) r, ro, v);
        }
        if (v < n) {
          Trials.I64.ended(ScalarOp.FROM_BITS, v);
          ScalarLanesI64.fromBits((long[]) a, ao + v, (double[]) r, ro + v, n - v);
        }
      }
    }
  }
}
