package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;

/** The kinds of PTX registers. */
enum RegisterType {
  PRED("%p", "pred", 0),
  B16("%h", "b16", 2),
  B32("%r", "b32", 4),
  B64("%rd", "b64", 8),
  F32("%f", "f32", 4),
  F64("%fd", "f64", 8);

  /** What register names start with. */
  final String prefix;

  /** The type in a {@code .reg} directive and in {@code mov}. */
  final String name;

  final int bytes;

  RegisterType(String prefix, String name, int bytes) {
    this.prefix = prefix;
    this.name = name;
    this.bytes = bytes;
  }

  static RegisterType of(ComputeType type) {
    return switch (type) {
      case F32 -> F32;
      case F64 -> F64;
      case I32 -> B32;
      case I64 -> B64;
    };
  }
}
