package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.DType;

/** A factor that is a matrix in memory. */
final class StridedSide implements TileSide {
  private final PtxCode code;
  private final IndexMath math;
  private final DType dtype;
  private final Value base;
  private final Value lineStride;
  private final Value depthStride;

  StridedSide(
      PtxCode code, IndexMath math, DType dtype, Value base, Value lineStride, Value depthStride) {
    this.code = code;
    this.math = math;
    this.dtype = dtype;
    this.base = base;
    this.lineStride = lineStride;
    this.depthStride = depthStride;
  }

  @Override
  public Line line(Value number) {
    Value start = math.element(base, math.mul(number, lineStride), dtype.byteSize());
    return (depth, valid) -> {
      Value at = math.element(start, math.mul(depth, depthStride), dtype.byteSize());
      return new MemoryCode(code).loadIf(valid, dtype, at);
    };
  }
}
