package io.gradus.tensor.dtype;

/**
 * A plain number as an operand: it has a category but no dtype of its own.
 *
 * <p>As PyTorch's Python numbers: a whole number never turns an integer tensor into a floating one,
 * a number with a fraction does.
 */
public final class Scalar {
  private final Category category;
  private final long bits;

  private Scalar(Category category, long bits) {
    this.category = category;
    this.bits = bits;
  }

  /** A truth value. */
  public static Scalar of(boolean value) {
    return new Scalar(Category.BOOL, value ? 1 : 0);
  }

  /** A whole number. */
  public static Scalar of(long value) {
    return new Scalar(Category.INT, value);
  }

  /** A number with a fraction, even where it is zero. */
  public static Scalar of(double value) {
    return new Scalar(Category.FLOAT, Double.doubleToRawLongBits(value));
  }

  /** By the class of the number: {@code Float}, {@code Double} and big decimals are floating. */
  public static Scalar of(Number value) {
    return value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte
        ? of(value.longValue())
        : of(value.doubleValue());
  }

  /** Bool, integer or floating. */
  public Category category() {
    return category;
  }

  /** The value as a double; exact for all but large whole numbers. */
  public double toDouble() {
    return category == Category.FLOAT ? Double.longBitsToDouble(bits) : (double) bits;
  }

  /** The value as a whole number, truncated toward zero. */
  public long toLong() {
    return category == Category.FLOAT ? (long) Double.longBitsToDouble(bits) : bits;
  }

  /** Whether the value is not zero (NaN is not zero). */
  public boolean toBoolean() {
    return category == Category.FLOAT ? Double.longBitsToDouble(bits) != 0 : bits != 0;
  }

  @Override
  public String toString() {
    return switch (category) {
      case BOOL -> String.valueOf(bits != 0);
      case INT -> String.valueOf(bits);
      case FLOAT -> String.valueOf(toDouble());
    };
  }
}
