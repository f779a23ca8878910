package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;

/** Names of Java and Vector API types. */
final class Types {
  private Types() {}

  static String primitive(ComputeType type) {
    return switch (type) {
      case F32 -> "float";
      case F64 -> "double";
      case I32 -> "int";
      case I64 -> "long";
    };
  }

  static String boxed(ComputeType type) {
    return switch (type) {
      case F32 -> "Float";
      case F64 -> "Double";
      case I32 -> "Integer";
      case I64 -> "Long";
    };
  }

  static String vector(ComputeType type) {
    return switch (type) {
      case F32 -> "FloatVector";
      case F64 -> "DoubleVector";
      case I32 -> "IntVector";
      case I64 -> "LongVector";
    };
  }

  /** The letter of the Vector API's conversion operators. */
  static String letter(ComputeType type) {
    return primitive(type).substring(0, 1).toUpperCase(java.util.Locale.ROOT);
  }

  static boolean is64(ComputeType type) {
    return type == ComputeType.F64 || type == ComputeType.I64;
  }

  /** The species constant of {@code LaneSpecies}. */
  static String species(ComputeType type) {
    return "LaneSpecies." + type;
  }

  /** A literal of an encoded constant. */
  static String literal(ComputeType type, double floating, long whole) {
    return switch (type) {
      case F32 ->
          Float.isFinite((float) floating)
              ? Float.toHexString((float) floating) + "f"
              : "(float) " + special(floating);
      case F64 -> Double.isFinite(floating) ? Double.toHexString(floating) : special(floating);
      case I32 -> "0x" + Integer.toHexString((int) whole);
      case I64 -> "0x" + Long.toHexString(whole) + "L";
    };
  }

  private static String special(double x) {
    return Double.isNaN(x)
        ? "Double.NaN"
        : x > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
  }
}
