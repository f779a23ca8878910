package io.gradus.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as text, all with one notation and one width that the numbers themselves decide. */
final class NumberFormat {
  private final boolean floating;
  private final int precision;
  private boolean whole = true;
  private boolean scientific;
  private int width = 1;

  /**
   * The notation for some numbers.
   *
   * @param values as doubles; only those that are neither 0 nor infinite nor NaN decide
   */
  NumberFormat(double[] values, PrintOptions options) {
    this.floating = true;
    this.precision = options.precision();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double v : values) {
      double size = Math.abs(v);
      if (Double.isFinite(v) && v != 0) {
        least = Math.min(least, size);
        most = Math.max(most, size);
        whole &= v == Math.ceil(v);
      }
    }
    if (most == 0) {
      return;
    }
    Boolean mode = options.sciMode();
    scientific = mode != null ? mode : most / least > 1000 || most > 1e8 || least < 1e-4;
    for (double v : values) {
      if (Double.isFinite(v) && v != 0) {
        // Whole numbers get a point, which format adds.
        width = Math.max(width, text(v).length());
      }
    }
  }

  /** The width of whole numbers or truth values that are text already. */
  NumberFormat(String[] values) {
    this.floating = false;
    this.precision = 0;
    for (String v : values) {
      width = Math.max(width, v.length());
    }
  }

  int width() {
    return width;
  }

  String format(double value) {
    return pad(floating ? text(value) : "");
  }

  String pad(String text) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private String text(double v) {
    if (Double.isNaN(v)) {
      return "nan";
    }
    String sign = v < 0 || 1 / v < 0 ? "-" : "";
    if (Double.isInfinite(v)) {
      return sign + "inf";
    }
    BigDecimal exact = new BigDecimal(Math.abs(v));
    if (scientific) {
      return sign + scientific(exact);
    }
    return whole
        ? sign + exact.setScale(0, RoundingMode.HALF_EVEN).toPlainString() + "."
        : sign + exact.setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private String scientific(BigDecimal exact) {
    if (exact.signum() == 0) {
      return digits("0".repeat(precision + 1)) + "e+00";
    }
    BigDecimal rounded = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    StringBuilder digits = new StringBuilder(rounded.unscaledValue().toString());
    int exponent = digits.length() - 1 - rounded.scale();
    while (digits.length() < precision + 1) {
      digits.append('0');
    }
    digits.setLength(precision + 1);
    String power = Integer.toString(Math.abs(exponent));
    return digits(digits.toString())
        + (exponent < 0 ? "e-" : "e+")
        + (power.length() < 2 ? "0" + power : power);
  }

  private static String digits(String all) {
    return all.length() == 1 ? all : all.charAt(0) + "." + all.substring(1);
  }
}
