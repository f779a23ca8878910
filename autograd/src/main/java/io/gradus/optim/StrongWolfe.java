package io.gradus.optim;

import io.gradus.Tensor;
import java.util.function.DoubleFunction;

/**
 * A line search for the strong Wolfe conditions: bracketing, then zooming with cubic interpolation.
 *
 * <p>J. Nocedal, S. Wright, "Numerical Optimization", algorithms 3.5 and 3.6, with the safeguards
 * of M. Schmidt's minFunc, as PyTorch has them.
 */
final class StrongWolfe {
  /** A point on the line: distance, loss, gradient, and the slope along the line. */
  record Point(double t, double loss, Tensor gradient, double slope) {}

  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;

  private final DoubleFunction<Point> probe;
  private final double size;
  private final double tolerance;
  private final int most;
  private int evaluations;

  /**
   * A search.
   *
   * @param probe evaluates the loss at a distance
   * @param direction the line
   * @param tolerance stops where the bracket changes parameters less
   * @param most evaluations after the first
   */
  StrongWolfe(DoubleFunction<Point> probe, Tensor direction, double tolerance, int most) {
    this.probe = probe;
    this.size = direction.abs().max().item().doubleValue();
    this.tolerance = tolerance;
    this.most = most;
  }

  /** How often the loss was computed. */
  int evaluations() {
    return evaluations;
  }

  /** The best point found. */
  Point from(double length, double loss, Tensor gradient, double slope) {
    Point start = new Point(0, loss, gradient, slope);
    Point before = start;
    Point here = evaluate(length);
    for (int i = 0; i < most; i++) {
      if (rises(start, here) || i > 1 && here.loss >= before.loss) {
        return zoom(start, before, here, i);
      }
      if (flat(start, here)) {
        return here;
      }
      if (here.slope >= 0) {
        return zoom(start, before, here, i);
      }
      double next = interpolate(before, here, here.t + 0.01 * (here.t - before.t), here.t * 10);
      before = here;
      here = evaluate(next);
    }
    return start.loss <= here.loss ? start : here;
  }

  private Point zoom(Point start, Point a, Point b, int done) {
    Point low = a.loss <= b.loss ? a : b;
    Point high = low == a ? b : a;
    boolean stuck = false;
    for (int i = done; i < most && Math.abs(high.t - low.t) * size >= tolerance; i++) {
      double left = Math.min(low.t, high.t);
      double right = Math.max(low.t, high.t);
      // The points in the order of their making, which decides between equal answers.
      double t = interpolate(a, b, left, right);
      double margin = 0.1 * (right - left);
      if (Math.min(right - t, t - left) < margin) {
        if (stuck || t >= right || t <= left) {
          t = Math.abs(t - right) < Math.abs(t - left) ? right - margin : left + margin;
          stuck = false;
        } else {
          stuck = true;
        }
      } else {
        stuck = false;
      }
      Point here = evaluate(t);
      boolean lowIsA = low == a;
      if (rises(start, here) || here.loss >= low.loss) {
        a = lowIsA ? a : here;
        b = lowIsA ? here : b;
        low = a.loss <= b.loss ? a : b;
        high = low == a ? b : a;
      } else {
        if (flat(start, here)) {
          return here;
        }
        if (here.slope * (high.t - low.t) >= 0) {
          high = low;
        }
        low = here;
        a = lowIsA ? low : high;
        b = lowIsA ? high : low;
      }
    }
    return low;
  }

  private Point evaluate(double t) {
    evaluations++;
    return probe.apply(t);
  }

  private static boolean rises(Point start, Point here) {
    return here.loss > start.loss + SUFFICIENT_DECREASE * here.t * start.slope;
  }

  private static boolean flat(Point start, Point here) {
    return Math.abs(here.slope) <= -CURVATURE * start.slope;
  }

  /** The minimum of the cubic through two points and their slopes, between bounds. */
  private static double interpolate(Point p, Point q, double lower, double upper) {
    double d1 = p.slope + q.slope - 3 * (p.loss - q.loss) / (p.t - q.t);
    double square = d1 * d1 - p.slope * q.slope;
    if (!(square >= 0)) {
      return (lower + upper) / 2;
    }
    double d2 = Math.sqrt(square);
    double t =
        p.t <= q.t
            ? q.t - (q.t - p.t) * ((q.slope + d2 - d1) / (q.slope - p.slope + 2 * d2))
            : p.t - (p.t - q.t) * ((p.slope + d2 - d1) / (p.slope - q.slope + 2 * d2));
    return Math.min(Math.max(t, lower), upper);
  }
}
