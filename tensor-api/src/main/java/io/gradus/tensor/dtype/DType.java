package io.gradus.tensor.dtype;

/** The element type of a tensor. */
public enum DType {
  /** IEEE binary32, the default dtype at start. */
  F32("float32", 4, Category.FLOAT, ComputeType.F32),
  /** IEEE binary64. */
  F64("float64", 8, Category.FLOAT, ComputeType.F64),
  /** IEEE binary16: 5 exponent and 10 fraction bits. */
  F16("float16", 2, Category.FLOAT, ComputeType.F32),
  /** bfloat16: the upper half of a binary32, 8 exponent and 7 fraction bits. */
  BF16("bfloat16", 2, Category.FLOAT, ComputeType.F32),
  /** Unsigned 8-bit integer, 0 to 255. */
  U8("uint8", 1, Category.INT, ComputeType.I32),
  /** Signed 8-bit integer. */
  I8("int8", 1, Category.INT, ComputeType.I32),
  /** Signed 16-bit integer. */
  I16("int16", 2, Category.INT, ComputeType.I32),
  /** Signed 32-bit integer. */
  I32("int32", 4, Category.INT, ComputeType.I32),
  /** Signed 64-bit integer, the dtype of indices and of whole-number sums. */
  I64("int64", 8, Category.INT, ComputeType.I64),
  /** Truth value, one byte that is 0 or 1. */
  BOOL("bool", 1, Category.BOOL, ComputeType.I32);

  private final String longName;
  private final int byteSize;
  private final Category category;
  private final ComputeType compute;

  DType(String longName, int byteSize, Category category, ComputeType compute) {
    this.longName = longName;
    this.byteSize = byteSize;
    this.category = category;
    this.compute = compute;
  }

  /** The field's long name, such as {@code float32}; what printing shows after {@code dtype=}. */
  public String longName() {
    return longName;
  }

  /** Bytes an element takes in memory. */
  public int byteSize() {
    return byteSize;
  }

  /** Bool, integer or floating. */
  public Category category() {
    return category;
  }

  /** The type in which kernels compute with values of this dtype. */
  public ComputeType compute() {
    return compute;
  }

  /** Whether values have a fraction; only such tensors can require gradients. */
  public boolean isFloating() {
    return category == Category.FLOAT;
  }

  /** Whether this is an integer dtype; false for {@link #BOOL}. */
  public boolean isInteger() {
    return category == Category.INT;
  }

  /**
   * Whether values are narrower than {@link #compute()} and so are rounded or wrapped when stored.
   */
  public boolean isNarrow() {
    return this != compute.dtype();
  }

  /**
   * Wraps a whole number into the range of this integer dtype (two's complement); for {@link #BOOL}
   * anything but 0 is 1.
   */
  public long wrap(long value) {
    return switch (this) {
      case U8 -> value & 0xff;
      case I8 -> (byte) value;
      case I16 -> (short) value;
      case I32 -> (int) value;
      case BOOL -> value != 0 ? 1 : 0;
      case I64, F32, F64, F16, BF16 -> value;
    };
  }

  /** Rounds a number to the nearest value of this floating dtype, ties to even. */
  public double round(double value) {
    return switch (this) {
      case F32 -> (float) value;
      // One rounding through f32 is not enough for f64 values near a tie of the half formats, but
      // half kernels compute in f32, so that is what their values come from.
      case F16 -> Float.float16ToFloat(Float.floatToFloat16((float) value));
      case BF16 -> BFloat16.toFloat(BFloat16.fromFloat((float) value));
      case F64, U8, I8, I16, I32, I64, BOOL -> value;
    };
  }

  /** The smallest value of an integer dtype or of {@link #BOOL}. */
  public long minInteger() {
    return switch (this) {
      case U8, BOOL -> 0;
      case I8 -> Byte.MIN_VALUE;
      case I16 -> Short.MIN_VALUE;
      case I32 -> Integer.MIN_VALUE;
      case I64, F32, F64, F16, BF16 -> Long.MIN_VALUE;
    };
  }

  /** The largest value of an integer dtype or of {@link #BOOL}. */
  public long maxInteger() {
    return switch (this) {
      case BOOL -> 1;
      case U8 -> 255;
      case I8 -> Byte.MAX_VALUE;
      case I16 -> Short.MAX_VALUE;
      case I32 -> Integer.MAX_VALUE;
      case I64, F32, F64, F16, BF16 -> Long.MAX_VALUE;
    };
  }

  /** The short name used in messages and code, such as {@code f32}. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
