package io.gradus;

/** Arithmetic with the rounding of a floating type, on numbers that are held as {@code double}. */
enum Precision {
  /** Rounds every result to {@code f32}. */
  F32 {
    @Override
    double round(double v) {
      return (float) v;
    }

    @Override
    double fma(double a, double b, double c) {
      return Math.fma((float) a, (float) b, (float) c);
    }
  },
  /** As {@code double} has it. */
  F64 {
    @Override
    double round(double v) {
      return v;
    }

    @Override
    double fma(double a, double b, double c) {
      return Math.fma(a, b, c);
    }
  };

  /** A result of basic arithmetic on numbers of this precision, rounded as that would be. */
  abstract double round(double v);

  /** {@code a * b + c} with one rounding. */
  abstract double fma(double a, double b, double c);
}
