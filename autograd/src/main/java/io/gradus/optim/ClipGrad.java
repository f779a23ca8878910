package io.gradus.optim;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps gradients from exploding: makes them shorter, or limits their elements.
 *
 * <p>Call after {@code backward} and before {@code step}. The formulas are those of PyTorch's
 * {@code clip_grad_norm_} and {@code clip_grad_value_}; parameters without gradient do not count.
 */
public final class ClipGrad {
  /** What PyTorch adds to the norm, so that the factor is finite. */
  private static final double GUARD = 1e-6;

  private ClipGrad() {}

  /**
   * {@link #norm_(List, double, double, boolean)} with the Euclidean norm, non-finite ones allowed.
   */
  public static Tensor norm_(List<? extends Tensor> parameters, double maxNorm) {
    return norm_(parameters, maxNorm, 2, false);
  }

  /**
   * Scales all gradients by the same factor, so that the norm of all of them together is at most
   * {@code maxNorm}.
   *
   * @param normType the order of the norm; {@link Double#POSITIVE_INFINITY} for the largest element
   * @param errorIfNonfinite whether a norm that is NaN or infinite is an error; if not, the
   *     gradients are scaled by it all the same
   * @return the norm before
   * @throws NumericalException for a non-finite norm if asked for; then nothing was changed
   */
  public static Tensor norm_(
      List<? extends Tensor> parameters,
      double maxNorm,
      double normType,
      boolean errorIfNonfinite) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      Tensor total = totalNorm(parameters, normType, errorIfNonfinite);
      Tensor factor = total.add(GUARD).reciprocal().mul(maxNorm).clampMax(1);
      for (Tensor g : gradients(parameters)) {
        g.mul_(factor.to(g.device()));
      }
      return total;
    }
  }

  /**
   * The norm of all gradients together, without changing them.
   *
   * @return a number; 0 if there is no gradient
   * @throws NumericalException for a non-finite norm if asked for
   */
  public static Tensor totalNorm(
      List<? extends Tensor> parameters, double normType, boolean errorIfNonfinite) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      List<Tensor> norms = new ArrayList<>();
      for (Tensor g : gradients(parameters)) {
        norms.add(g.norm(normType));
      }
      if (norms.isEmpty()) {
        return Tensor.tensor(0f).view();
      }
      Tensor first = norms.getFirst();
      norms.replaceAll(n -> n.to(first.device()));
      Tensor total = Tensor.stack(norms).norm(normType);
      if (errorIfNonfinite && !Double.isFinite(total.item().doubleValue())) {
        throw new NumericalException(
            ("[clip_grad_norm_] The total norm of order %s for gradients from `parameters` is"
                    + " non-finite, so it cannot be clipped: %s; look for what made it so, or pass"
                    + " errorIfNonfinite = false")
                .formatted(normType, total.item()));
      }
      return total;
    }
  }

  /**
   * Limits every element of the gradients to [-clipValue, clipValue].
   *
   * @throws InvalidArgumentException for a negative limit
   */
  public static void value_(List<? extends Tensor> parameters, double clipValue) {
    if (!(clipValue >= 0)) {
      throw new InvalidArgumentException(
          "[clip_grad_value_] the limit must not be negative: " + clipValue);
    }
    try (GradMode.Scope _ = GradMode.noGrad()) {
      for (Tensor g : gradients(parameters)) {
        g.clamp_(-clipValue, clipValue);
      }
    }
  }

  static List<Tensor> gradients(List<? extends Tensor> parameters) {
    List<Tensor> all = new ArrayList<>();
    for (Tensor p : parameters) {
      Tensor g = Internals.grad(p);
      if (g != null) {
        all.add(g);
      }
    }
    return all;
  }
}
