package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;

/** Conversions between numbers, see {@link io.gradus.tensor.kernel.Expr.Cast}. */
final class CastCode {
  private final PtxCode code;

  CastCode(PtxCode code) {
    this.code = code;
  }

  /** The value rounded, truncated or wrapped to a dtype, in the dtype's compute type. */
  Value cast(DType to, ComputeType from, Value a) {
    return switch (to) {
      case F64 -> toF64(from, a);
      case F32 -> toF32(from, a);
      case F16 -> {
        Value half = code.op(RegisterType.B16, "cvt.rn.f16.f32", toF32(from, a));
        yield code.op(RegisterType.F32, "cvt.f32.f16", half);
      }
      case BF16 -> upperHalf(bfloat16Bits(toF32(from, a)));
      case BOOL -> truth(a, from);
      case I64 -> toI64(from, a);
      case I32 -> toI32(from, a);
      case U8 -> code.op(RegisterType.B32, "and.b32", toI32(from, a), Value.of(255));
      case I8 -> signExtended(toI32(from, a), 24);
      case I16 -> signExtended(toI32(from, a), 16);
    };
  }

  private Value signExtended(Value a, int bits) {
    Value up = code.op(RegisterType.B32, "shl.b32", a, Value.of(bits));
    return code.op(RegisterType.B32, "shr.s32", up, Value.of(bits));
  }

  private Value toF32(ComputeType from, Value a) {
    return switch (from) {
      case F32 -> a;
      case F64 -> code.op(RegisterType.F32, "cvt.rn.f32.f64", a);
      case I32 -> code.op(RegisterType.F32, "cvt.rn.f32.s32", a);
      case I64 -> code.op(RegisterType.F32, "cvt.rn.f32.s64", a);
    };
  }

  private Value toF64(ComputeType from, Value a) {
    return switch (from) {
      case F32 -> code.op(RegisterType.F64, "cvt.f64.f32", a);
      case F64 -> a;
      case I32 -> code.op(RegisterType.F64, "cvt.rn.f64.s32", a);
      case I64 -> code.op(RegisterType.F64, "cvt.rn.f64.s64", a);
    };
  }

  private Value toI64(ComputeType from, Value a) {
    return switch (from) {
      case F32 -> saturated("f32", a);
      case F64 -> saturated("f64", a);
      case I32 -> code.op(RegisterType.B64, "cvt.s64.s32", a);
      case I64 -> a;
    };
  }

  /** The conversion clamps by itself, but makes something else than 0 out of NaN. */
  private Value saturated(String type, Value a) {
    Value whole = code.op(RegisterType.B64, "cvt.rzi.s64." + type, a);
    Value nan = code.pred("setp.nan." + type, a, a);
    return code.select(nan, Value.of(0L), whole);
  }

  private Value toI32(ComputeType from, Value a) {
    return from == ComputeType.I32 ? a : code.op(RegisterType.B32, "cvt.u32.u64", toI64(from, a));
  }

  /** 1 where the value is not 0 (NaN is not), else 0. */
  Value truth(Value a, ComputeType from) {
    Value p =
        switch (from) {
          case F32 -> code.pred("setp.neu.f32", a, Value.of(0f));
          case F64 -> code.pred("setp.neu.f64", a, Value.of(0.0));
          case I32 -> code.pred("setp.ne.s32", a, Value.of(0));
          case I64 -> code.pred("setp.ne.s64", a, Value.of(0L));
        };
    return code.select(p, Value.of(1), Value.of(0));
  }

  /** The number whose upper 16 bits are these. */
  Value upperHalf(Value bits) {
    Value up = code.op(RegisterType.B32, "shl.b32", bits, Value.of(16));
    return code.op(RegisterType.F32, "mov.b32", up);
  }

  /** The nearest bfloat16's bits, ties to even, as {@link io.gradus.tensor.dtype.BFloat16}. */
  Value bfloat16Bits(Value a) {
    Value bits = code.op(RegisterType.B32, "mov.b32", a);
    Value upper = code.op(RegisterType.B32, "shr.u32", bits, Value.of(16));
    Value odd = code.op(RegisterType.B32, "and.b32", upper, Value.of(1));
    Value sum = code.op(RegisterType.B32, "add.s32", bits, odd);
    Value rounded = code.op(RegisterType.B32, "add.s32", sum, Value.of(0x7fff));
    Value result = code.op(RegisterType.B32, "shr.u32", rounded, Value.of(16));
    Value quiet = code.op(RegisterType.B32, "or.b32", upper, Value.of(0x40));
    Value nan = code.pred("setp.nan.f32", a, a);
    return code.select(nan, quiet, result);
  }
}
