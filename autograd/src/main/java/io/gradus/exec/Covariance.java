package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import org.jspecify.annotations.Nullable;

/** How the rows of a matrix vary together. */
public final class Covariance {
  private Covariance() {}

  /** See {@link Tensor#cov(int, Tensor, Tensor)}. */
  public static Tensor cov(
      Tensor t, int correction, @Nullable Tensor frequencies, @Nullable Tensor importances) {
    if (t.dim() > 2) {
      throw new ShapeException(
          "[cov] cov(): expected input to have two or fewer dimensions but got an input with %d dimensions; call it for each matrix"
              .formatted(t.dim()));
    }
    Tensor rows = t.dim() < 2 ? t.reshape(1, t.numel()) : t;
    long n = rows.size(1);
    if (frequencies != null) {
      checkWeights("fweights", frequencies, n, false);
    }
    if (importances != null) {
      checkWeights("aweights", importances, n, true);
    }
    Tensor weights =
        frequencies == null
            ? importances
            : importances == null ? frequencies : frequencies.mul(importances);
    Tensor total =
        weights == null ? Tensor.tensor(new long[] {n}).to(t.device()).squeeze() : weights.sum();
    if (weights != null && n > 0 && total.item().doubleValue() == 0) {
      throw new InvalidArgumentException(
          "[cov] cov(): weights sum to zero, can't be normalized; give at least one that is not 0");
    }
    Tensor mean = weighted(rows, weights).sum(1, false).div(total);
    Tensor divisor =
        weights != null && importances != null && correction != 0
            ? total.sub(weights.mul(importances).sum().div(total).mul(correction))
            : total.sub(correction);
    if (!(divisor.item().doubleValue() > 0)) {
      divisor = Tensor.zerosLike(divisor.detach());
    }
    Tensor centred = rows.sub(mean.unsqueeze(1));
    Tensor again = weighted(centred, weights);
    return centred.to(again.dtype()).mm(again.t()).div(divisor).squeeze();
  }

  private static Tensor weighted(Tensor rows, @Nullable Tensor weights) {
    return weights == null ? rows : rows.mul(weights);
  }

  private static void checkWeights(String name, Tensor w, long n, boolean floating) {
    if (w.dim() > 1) {
      throw new ShapeException(
          "[cov] cov(): expected %s to have one or fewer dimensions but got %s with %d dimensions; give one weight for each column"
              .formatted(name, name, w.dim()));
    }
    if (w.dtype().isFloating() != floating || w.dtype() == DType.BOOL) {
      throw new DTypeException(
          "[cov] cov(): expected %s to have %s dtype but got %s with %s dtype; convert it with to(dtype)"
              .formatted(name, floating ? "floating point" : "integral", name, w.dtype()));
    }
    if (w.numel() != n) {
      throw new ShapeException(
          "[cov] cov(): expected %s to have the same numel as there are observations in the input but got %d != %d; give one weight for each column"
              .formatted(name, w.numel(), n));
    }
    if (n > 0 && !(w.detach().min().item().doubleValue() >= 0)) {
      throw new InvalidArgumentException(
          "[cov] cov(): %s cannot be negative; clamp them to 0".formatted(name));
    }
  }

  /** See {@link Tensor#corrcoef}. */
  public static Tensor corrcoef(Tensor t) {
    if (t.dim() > 2) {
      throw new ShapeException(
          "[corrcoef] corrcoef(): expected input to have two or fewer dimensions but got an input with %d dimensions; call it for each matrix"
              .formatted(t.dim()));
    }
    Tensor c = cov(t, 1, null, null);
    if (c.dim() == 0) {
      return c.div(c);
    }
    Tensor deviation = c.diagonal().sqrt();
    return c.div(deviation.unsqueeze(1)).div(deviation.unsqueeze(0)).clamp(-1, 1);
  }
}
