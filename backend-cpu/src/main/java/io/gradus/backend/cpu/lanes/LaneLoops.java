package io.gradus.backend.cpu.lanes;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScalarOp;

/** Which of the generated vector loops are compiled, by the number of the operation. */
final class LaneLoops {
  static final HotLoop[] F32 = all(ComputeType.F32);
  static final HotLoop[] F64 = all(ComputeType.F64);
  static final HotLoop[] I32 = all(ComputeType.I32);
  static final HotLoop[] I64 = all(ComputeType.I64);

  private LaneLoops() {}

  static HotLoop[] of(ComputeType type) {
    return switch (type) {
      case F32 -> F32;
      case F64 -> F64;
      case I32 -> I32;
      case I64 -> I64;
    };
  }

  private static HotLoop[] all(ComputeType type) {
    ScalarOp[] ops = ScalarOp.values();
    HotLoop[] loops = new HotLoop[ops.length];
    for (int i = 0; i < loops.length; i++) {
      LaneSample sample = new LaneSample(ops[i], type);
      loops[i] = HotLoop.of(sample::exists, sample::vector, sample::scalar);
    }
    return loops;
  }
}
