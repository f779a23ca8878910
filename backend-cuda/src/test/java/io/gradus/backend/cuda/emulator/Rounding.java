package io.gradus.backend.cuda.emulator;

import java.math.BigDecimal;

/** The rounding modes of IEEE 754, of which Java's arithmetic knows only the first. */
enum Rounding {
  NEAREST,
  ZERO,
  DOWN,
  UP;

  /** The mode that an instruction asks for; to nearest if it does not say. */
  static Rounding of(Statement s) {
    return s.has("rz") ? ZERO : s.has("rm") ? DOWN : s.has("rp") ? UP : NEAREST;
  }

  float add(float a, float b) {
    if (this == NEAREST) {
      return a + b;
    }
    if (this == DOWN && a == -b && !Double.isNaN(a) && (a != 0 || 1 / a != 1 / b)) {
      return -0f;
    }
    float near = a + b;
    return Float.isFinite(a) && Float.isFinite(b) ? adjust(near, exact(a).add(exact(b))) : near;
  }

  double add(double a, double b) {
    if (this == NEAREST) {
      return a + b;
    }
    if (this == DOWN && a == -b && !Double.isNaN(a) && (a != 0 || 1 / a != 1 / b)) {
      return -0d;
    }
    double near = a + b;
    return Double.isFinite(a) && Double.isFinite(b)
        ? adjust(near, new BigDecimal(a).add(new BigDecimal(b)))
        : near;
  }

  float fma(float a, float b, float c) {
    float near = Math.fma(a, b, c);
    return this == NEAREST || !Float.isFinite(a) || !Float.isFinite(b) || !Float.isFinite(c)
        ? near
        : adjust(near, exact(a).multiply(exact(b)).add(exact(c)));
  }

  double fma(double a, double b, double c) {
    double near = Math.fma(a, b, c);
    return this == NEAREST || !Double.isFinite(a) || !Double.isFinite(b) || !Double.isFinite(c)
        ? near
        : adjust(near, new BigDecimal(a).multiply(new BigDecimal(b)).add(new BigDecimal(c)));
  }

  float divide(float a, float b) {
    float near = a / b;
    if (this == NEAREST || !Float.isFinite(a) || !Float.isFinite(b) || b == 0) {
      return near;
    }
    float finite = Math.clamp(near, -Float.MAX_VALUE, Float.MAX_VALUE);
    int side = exact(a).compareTo(exact(finite).multiply(exact(b)));
    return toward(near, b < 0 ? -side : side);
  }

  double divide(double a, double b) {
    double near = a / b;
    if (this == NEAREST || !Double.isFinite(a) || !Double.isFinite(b) || b == 0) {
      return near;
    }
    double finite = Math.clamp(near, -Double.MAX_VALUE, Double.MAX_VALUE);
    int side = new BigDecimal(a).compareTo(new BigDecimal(finite).multiply(new BigDecimal(b)));
    return toward(near, b < 0 ? -side : side);
  }

  float sqrt(float a) {
    float near = (float) Math.sqrt(a);
    return this == NEAREST || !(a > 0) || a == Float.POSITIVE_INFINITY
        ? near
        : toward(near, exact(a).compareTo(exact(near).multiply(exact(near))));
  }

  double sqrt(double a) {
    double near = Math.sqrt(a);
    return this == NEAREST || !(a > 0) || a == Double.POSITIVE_INFINITY
        ? near
        : toward(
            near, new BigDecimal(a).compareTo(new BigDecimal(near).multiply(new BigDecimal(near))));
  }

  /** A double as a float. */
  float narrow(double a) {
    float near = (float) a;
    return this == NEAREST || !Double.isFinite(a) ? near : adjust(near, new BigDecimal(a));
  }

  private static BigDecimal exact(float x) {
    return new BigDecimal(x);
  }

  private float adjust(float near, BigDecimal exact) {
    return toward(
        near, Float.isInfinite(near) ? (near > 0 ? -1 : 1) : exact.compareTo(new BigDecimal(near)));
  }

  private double adjust(double near, BigDecimal exact) {
    return toward(
        near,
        Double.isInfinite(near) ? (near > 0 ? -1 : 1) : exact.compareTo(new BigDecimal(near)));
  }

  /** The neighbour that the mode wants where the exact value lies on that side of the nearest. */
  private float toward(float near, int side) {
    boolean down = this == DOWN || this == ZERO && near > 0;
    boolean up = this == UP || this == ZERO && near < 0;
    return side < 0 && down ? Math.nextDown(near) : side > 0 && up ? Math.nextUp(near) : near;
  }

  private double toward(double near, int side) {
    boolean down = this == DOWN || this == ZERO && near > 0;
    boolean up = this == UP || this == ZERO && near < 0;
    return side < 0 && down ? Math.nextDown(near) : side > 0 && up ? Math.nextUp(near) : near;
  }
}
