package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Loads elements widened to their compute type and stores values narrowed to a dtype. */
final class MemoryCode {
  private final PtxCode code;
  private final CastCode casts;

  MemoryCode(PtxCode code) {
    this.code = code;
    this.casts = new CastCode(code);
  }

  private static RegisterType register(DType dtype) {
    return switch (dtype) {
      case F32 -> RegisterType.F32;
      case F64 -> RegisterType.F64;
      case F16 -> RegisterType.B16;
      case I64 -> RegisterType.B64;
      case BF16, U8, I8, I16, I32, BOOL -> RegisterType.B32;
    };
  }

  private static String memoryType(DType dtype) {
    return switch (dtype) {
      case F32 -> "f32";
      case F64 -> "f64";
      case F16 -> "b16";
      case BF16 -> "u16";
      case U8, BOOL -> "u8";
      case I8 -> "s8";
      case I16 -> "s16";
      case I32 -> "u32";
      case I64 -> "u64";
    };
  }

  Value load(DType dtype, Value address) {
    return load(dtype, address, 1).getFirst();
  }

  /** Neighbouring elements from an address that is a multiple of their bytes. */
  List<Value> load(DType dtype, Value address, int count) {
    List<Value> raw = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      raw.add(code.fresh(register(dtype)));
    }
    code.line(
        "ld.global"
            + vector(count)
            + "."
            + memoryType(dtype)
            + " "
            + list(raw)
            + ", ["
            + address
            + "]");
    return raw.stream().map(v -> widened(dtype, v)).collect(Collectors.toList());
  }

  /** The element at an address where the predicate holds, else 0. */
  Value loadIf(Value predicate, DType dtype, Value address) {
    Value raw = code.fresh(register(dtype));
    code.move(raw, new Value(raw.type(), zero(raw.type())));
    code.lineIf(predicate, "ld.global." + memoryType(dtype) + " " + raw + ", [" + address + "]");
    return widened(dtype, raw);
  }

  private static String zero(RegisterType type) {
    return switch (type) {
      case F32 -> Value.of(0f).text();
      case F64 -> Value.of(0.0).text();
      case PRED, B16, B32, B64 -> "0";
    };
  }

  private Value widened(DType dtype, Value raw) {
    return switch (dtype) {
      case F16 -> code.op(RegisterType.F32, "cvt.f32.f16", raw);
      case BF16 -> casts.upperHalf(raw);
      case F32, F64, U8, I8, I16, I32, I64, BOOL -> raw;
    };
  }

  void store(DType dtype, Value address, Value value) {
    store(dtype, address, List.of(value));
  }

  /** Stores values of the dtype's compute type side by side. */
  void store(DType dtype, Value address, List<Value> values) {
    List<Value> raw = values.stream().map(v -> narrowed(dtype, v)).toList();
    code.line(
        "st.global"
            + vector(raw.size())
            + "."
            + memoryType(dtype).replace('s', 'u')
            + " ["
            + address
            + "], "
            + list(raw));
  }

  private Value narrowed(DType dtype, Value value) {
    Value raw =
        switch (dtype) {
          case F16 -> code.op(RegisterType.B16, "cvt.rn.f16.f32", value);
          case BF16 -> casts.bfloat16Bits(value);
          case BOOL -> casts.truth(value, ComputeType.I32);
          case F32, F64, U8, I8, I16, I32, I64 -> value;
        };
    return raw.isRegister() ? raw : code.copy(raw);
  }

  private static String vector(int count) {
    return count == 1 ? "" : ".v" + count;
  }

  private static String list(List<Value> values) {
    return values.size() == 1
        ? values.getFirst().text()
        : values.stream().map(Value::text).collect(Collectors.joining(", ", "{", "}"));
  }

  /** How many neighbours of each of these dtypes one instruction moves: up to 16 bytes. */
  static int vectorLength(DType... dtypes) {
    int widest = Arrays.stream(dtypes).mapToInt(DType::byteSize).max().orElse(4);
    return widest == 8 ? 2 : 4;
  }
}
