package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScalarOp;

/** Calls a generated loop on some numbers, to have it compiled. */
final class LaneSample {
  /** Numbers in the longest vector. */
  private static final int VECTOR = 16;

  /** Full vectors, and some more. */
  private static final int N = VECTOR * HotLoop.LONGEST + 3;

  /** How often the numbers are unusual, so that code for such ones is compiled too. */
  private static final int ODD = 8;

  private final ScalarOp op;
  private final ComputeType type;
  private int calls;

  LaneSample(ScalarOp op, ComputeType type) {
    this.op = op;
    this.type = type;
  }

  /** Numbers from 0.1 to 0.9 (whole ones from 1 to 7), unusual ones, and room for results. */
  private record Data(Object usual, Object odd, Object result) {
    private static final double[] UNUSUAL = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0, 1e9, -1e9, 90, -3
    };

    static final Data F32 = new Data(new float[N], new float[N], new float[N]);
    static final Data F64 = new Data(new double[N], new double[N], new double[N]);
    static final Data I32 = new Data(new int[N], new int[N], new int[N]);
    static final Data I64 = new Data(new long[N], new long[N], new long[N]);

    static {
      for (int i = 0; i < N; i++) {
        double x = 0.1 + 0.8 * i / N;
        double y = UNUSUAL[i % UNUSUAL.length];
        ((float[]) F32.usual)[i] = (float) x;
        ((float[]) F32.odd)[i] = (float) y;
        ((double[]) F64.usual)[i] = x;
        ((double[]) F64.odd)[i] = y;
        ((int[]) I32.usual)[i] = ((int[]) I32.odd)[i] = 1 + i % 7;
        ((long[]) I64.usual)[i] = ((long[]) I64.odd)[i] = 1L + i % 7;
      }
    }

    static Data of(ComputeType type) {
      return switch (type) {
        case F32 -> F32;
        case F64 -> F64;
        case I32 -> I32;
        case I64 -> I64;
      };
    }
  }

  /** Whether there is a vector loop. */
  boolean exists() {
    return switch (type) {
      case F32 -> VectorLanesF32.has(op);
      case F64 -> VectorLanesF64.has(op);
      case I32 -> VectorLanesI32.has(op);
      case I64 -> VectorLanesI64.has(op);
    };
  }

  /** One call of the vector loop. */
  void vector(int rounds) {
    run(true, calls++ % ODD == ODD - 1, VECTOR * rounds + 3);
  }

  /** One call of the scalar loop, on usual numbers. */
  void scalar(int rounds) {
    run(false, false, VECTOR * rounds + 3);
  }

  private void run(boolean vector, boolean odd, int n) {
    Data data = Data.of(type);
    Object a = odd ? data.odd : data.usual;
    Object b = data.usual;
    switch (op.signature()) {
      case SAME, FLOAT, INT -> Lanes.apply(vector, op, type, a, 0, b, 0, b, 0, data.result, 0, n);
      case COMPARE -> Lanes.apply(vector, op, type, a, 0, b, 0, null, 0, Data.I32.result, 0, n);
      case WHERE -> Lanes.apply(vector, op, type, Data.I32.usual, 0, a, 0, b, 0, data.result, 0, n);
      case TO_BITS, FROM_BITS -> {
        Object to =
            switch (type) {
              case F32 -> Data.I32.result;
              case F64 -> Data.I64.result;
              case I32 -> Data.F32.result;
              case I64 -> Data.F64.result;
            };
        Lanes.apply(vector, op, type, a, 0, null, 0, null, 0, to, 0, n);
      }
      case PHILOX -> {} // is not one loop
    }
  }
}
