package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import org.jspecify.annotations.Nullable;

/**
 * Which singular values count as zero: those not above the larger of an absolute bound and a share
 * of the largest one.
 *
 * <p>Both may differ from matrix to matrix: they broadcast against the leading dimensions. Without
 * a relative bound it is the machine epsilon times the larger side of the matrix, or 0 where the
 * absolute one is positive.
 *
 * @param absolute {@code atol}; null for 0
 * @param relative {@code rtol}; null for the default
 */
public record Tolerance(@Nullable Tensor absolute, @Nullable Tensor relative) {
  /** The machine epsilon times the larger side, relative to the largest singular value. */
  public static final Tolerance DEFAULT = new Tolerance(null, null);

  /** A bound for all matrices, {@code atol}. */
  public static Tolerance absolute(double bound) {
    return new Tolerance(Tensor.tensor(bound), null);
  }

  /** A share of the largest singular value for all matrices, {@code rtol}. */
  public static Tolerance relative(double share) {
    return new Tolerance(null, Tensor.tensor(share));
  }

  /** Both bounds for all matrices; the larger counts. */
  public static Tolerance of(double absolute, double relative) {
    return new Tolerance(Tensor.tensor(absolute), Tensor.tensor(relative));
  }

  /**
   * The bound of each matrix, {@code f64} with a last dimension of size 1.
   *
   * @param values of the matrices: not negative, the last dimension at least 1
   * @param share the default relative bound
   */
  Tensor bound(Tensor values, double share) {
    Tensor most = values.to(DType.F64).amax(new int[] {-1}, true);
    Tensor least = column(absolute, most.device());
    Tensor part = column(relative, most.device());
    if (part == null) {
      Tensor standard = Tensor.fullLike(most, share);
      part = least == null ? standard : Tensor.where(least.gt(0), 0.0, standard);
    }
    Tensor bound = most.mul(part);
    return least == null ? bound : bound.maximum(least);
  }

  private static @Nullable Tensor column(@Nullable Tensor t, Device device) {
    if (t == null) {
      return null;
    }
    Tensor wide = t.detach().to(DType.F64);
    return wide.dim() == 0 ? wide.to(device) : wide.unsqueeze(-1);
  }
}
