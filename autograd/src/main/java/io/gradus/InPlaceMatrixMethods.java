package io.gradus;

import io.gradus.exec.InPlace;
import io.gradus.exec.ScatterReduction;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.ShapeException;

/**
 * Matrix products, triangles and running sums that go into this tensor; each returns it.
 *
 * <p>Its shape and dtype stay, and must be able to take the result.
 */
public sealed interface InPlaceMatrixMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** What backward may read after this tensor is overwritten. */
  private Tensor before() {
    Tensor t = self();
    return t.requiresGrad() && GradMode.isEnabled() ? t.clone() : t;
  }

  private Tensor become(String name, Tensor result) {
    return InPlace.assign(name, self(), result);
  }

  /** {@link Tensor#addmm(Tensor, Tensor, double, double)}, in place. */
  default Tensor addmm_(Tensor a, Tensor b, double beta, double alpha) {
    return become("addmm_", self().addmm(a, b, beta, alpha));
  }

  /** {@code this + a x b}, in place. */
  default Tensor addmm_(Tensor a, Tensor b) {
    return addmm_(a, b, 1, 1);
  }

  /** {@link Tensor#baddbmm(Tensor, Tensor, double, double)}, in place. */
  default Tensor baddbmm_(Tensor a, Tensor b, double beta, double alpha) {
    return become("baddbmm_", self().baddbmm(a, b, beta, alpha));
  }

  /** {@link Tensor#addbmm}, in place. */
  default Tensor addbmm_(Tensor a, Tensor b, double beta, double alpha) {
    return become("addbmm_", self().addbmm(a, b, beta, alpha));
  }

  /** {@link Tensor#addmv(Tensor, Tensor, double, double)}, in place. */
  default Tensor addmv_(Tensor a, Tensor v, double beta, double alpha) {
    return become("addmv_", self().addmv(a, v, beta, alpha));
  }

  /** {@link Tensor#addr(Tensor, Tensor, double, double)}, in place. */
  default Tensor addr_(Tensor v, Tensor w, double beta, double alpha) {
    return become("addr_", self().addr(v, w, beta, alpha));
  }

  /** Zeros below diagonal {@code k}, in place. */
  default Tensor triu_(long k) {
    return become("triu_", self().triu(k));
  }

  /** Zeros above diagonal {@code k}, in place. */
  default Tensor tril_(long k) {
    return become("tril_", self().tril(k));
  }

  /** {@link Tensor#cumsum(int)}, in place. */
  default Tensor cumsum_(int dim) {
    return become("cumsum_", self().cumsum(dim));
  }

  /** {@link Tensor#cumprod(int)}, in place. */
  default Tensor cumprod_(int dim) {
    return become("cumprod_", before().cumprod(dim));
  }

  /** {@link Tensor#renorm}, in place. */
  default Tensor renorm_(double p, int dim, double maxnorm) {
    return become("renorm_", before().renorm(p, dim, maxnorm));
  }

  /** {@link Tensor#indexReduce}, in place. */
  default Tensor indexReduce_(
      int dim, Tensor index, Tensor source, ScatterReduction reduce, boolean includeSelf) {
    return become("index_reduce_", before().indexReduce(dim, index, source, reduce, includeSelf));
  }

  /**
   * Fills the main diagonal with a number: all dimensions of the same size, or two of any.
   *
   * @param wrap whether the diagonal of a tall matrix begins anew below, a row left out between
   * @throws ShapeException for fewer than two dimensions, or more with different sizes
   */
  default Tensor fillDiagonal_(Number value, boolean wrap) {
    Tensor t = self();
    if (t.dim() < 2) {
      throw new ShapeException(
          "[fill_diagonal_] dimensions must larger than 1: shape " + t.shape());
    }
    long least = t.size(0);
    for (int d = 1; d < t.dim(); d++) {
      if (t.dim() > 2 && t.size(d) != t.size(0)) {
        throw new ShapeException(
            "[fill_diagonal_] all dimensions of input must be of equal length: shape " + t.shape());
      }
      least = Math.min(least, t.size(d));
    }
    long step = 0;
    for (int d = 0; d < t.dim(); d++) {
      step += t.stride(d);
    }
    Tensor diagonal = t.asStrided(new long[] {least}, new long[] {step}, t.storageOffset());
    InPlace.fill(diagonal, Scalar.of(value));
    if (wrap && t.dim() == 2) {
      for (long row = t.size(1) + 1; row < t.size(0); row += t.size(1) + 1) {
        InPlace.fill(t.narrow(0, row, t.size(0) - row).diagonal(), Scalar.of(value));
      }
    }
    return t;
  }
}
