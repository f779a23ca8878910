package io.gradus.optim;

import io.gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last differences of gradients and parameters, and the direction they suggest.
 *
 * <p>The two-loop recursion: J. Nocedal, S. Wright, "Numerical Optimization", algorithm 7.4. All of
 * it lies in the state of a parameter, so that it is saved and loaded with the optimizer.
 */
final class CurvatureHistory {
  /** Smaller products of the differences would spoil the inverse. */
  private static final double SMALLEST_CURVATURE = 1e-10;

  private final ParameterState state;
  private final int size;

  CurvatureHistory(ParameterState state, int size) {
    this.state = state;
    this.size = size;
  }

  /** Counts one more direction. */
  long advance() {
    return state.advance();
  }

  /** What the next direction is compared with. */
  void remember(Tensor gradient, Tensor direction, double length) {
    Map<String, Tensor> all = state.tensors();
    all.put("prev_flat_grad", gradient);
    all.put("step", direction.mul(length));
  }

  /** The direction for a gradient: downhill, after the first by the inverse Hessian. */
  Tensor direction(Tensor gradient) {
    Map<String, Tensor> all = state.tensors();
    Tensor before = all.get("prev_flat_grad");
    Tensor s = all.get("step");
    if (before == null || s == null) {
      return gradient.neg();
    }
    Tensor y = gradient.sub(before);
    if (number(y.dot(s)) > SMALLEST_CURVATURE) {
      add(y, s);
    }
    int n = count();
    double[] share = new double[n];
    Tensor q = gradient.neg();
    for (int i = n - 1; i >= 0; i--) {
      share[i] = number(step(i).dot(q)) / curvature(i);
      q.add_(difference(i), -share[i]);
    }
    if (n > 0) {
      q.mul_(curvature(n - 1) / number(difference(n - 1).dot(difference(n - 1))));
    }
    for (int i = 0; i < n; i++) {
      q.add_(step(i), share[i] - number(difference(i).dot(q)) / curvature(i));
    }
    return q;
  }

  private void add(Tensor y, Tensor s) {
    List<Tensor> differences = new ArrayList<>();
    List<Tensor> steps = new ArrayList<>();
    int n = count();
    for (int i = n == size ? 1 : 0; i < n; i++) {
      differences.add(difference(i));
      steps.add(step(i));
    }
    differences.add(y);
    steps.add(s);
    for (int i = 0; i < steps.size(); i++) {
      state.tensors().put("old_dirs." + i, differences.get(i));
      state.tensors().put("old_stps." + i, steps.get(i));
    }
  }

  private int count() {
    int n = 0;
    Set<String> names = state.tensors().keySet();
    while (names.contains("old_dirs." + n) && names.contains("old_stps." + n)) {
      n++;
    }
    return n;
  }

  private Tensor difference(int i) {
    return kept("old_dirs." + i);
  }

  private Tensor step(int i) {
    return kept("old_stps." + i);
  }

  private double curvature(int i) {
    return number(difference(i).dot(step(i)));
  }

  private Tensor kept(String name) {
    Tensor t = state.tensors().get(name);
    if (t == null) {
      throw new IllegalStateException("no " + name + " in the history");
    }
    return t;
  }

  private static double number(Tensor t) {
    return t.item().doubleValue();
  }
}
