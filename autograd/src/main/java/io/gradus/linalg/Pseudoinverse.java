package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/** What singular values decide: pseudoinverses, ranks, least squares. */
final class Pseudoinverse {
  private Pseudoinverse() {}

  static Tensor pinv(Tensor t, Tolerance tolerance, boolean hermitian) {
    check("pinv", t, hermitian);
    Tensor value;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      value = value(t, tolerance, hermitian);
    }
    return Record.rule(
        "LinalgPinvBackward0",
        value,
        new Tensor[] {t},
        new Tensor[] {t, value},
        (g, s, needs) -> new Tensor[] {gradient(g.mT(), s[0], s[1])});
  }

  private static void check(String name, Tensor t, boolean hermitian) {
    if (hermitian) {
      Batch.checkSquare(name, t);
    } else {
      Batch.checkMatrices(name, t);
    }
  }

  private static Tensor value(Tensor t, Tolerance tolerance, boolean hermitian) {
    if (t.numel() == 0) {
      return Tensor.zerosLike(t).mT().contiguous();
    }
    if (hermitian) {
      Linalg.Eigh d = Spectra.eigh(t, false);
      Tensor inverse = inverse(d.eigenvalues(), t, tolerance);
      return d.eigenvectors().mul(inverse.unsqueeze(-2)).matmul(d.eigenvectors().mT());
    }
    Linalg.Svd d = Spectra.svd(t);
    Tensor inverse = inverse(d.s(), t, tolerance);
    return d.vh().mT().mul(inverse.unsqueeze(-2)).matmul(d.u().mT());
  }

  private static Tensor inverse(Tensor values, Tensor t, Tolerance tolerance) {
    Tensor size = values.abs();
    Tensor counts = size.to(DType.F64).gt(tolerance.bound(size, share(t)));
    Tensor none = counts.logicalNot();
    return values.maskedFill(none, 1).reciprocal().maskedFill(none, 0);
  }

  private static double share(Tensor t) {
    return epsilon(t) * Math.max(t.size(-2), t.size(-1));
  }

  private static double epsilon(Tensor t) {
    return switch (t.dtype()) {
      case F64 -> 0x1p-52;
      case F32, U8, I8, I16, I32, I64, BOOL -> 0x1p-23;
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
    };
  }

  /** The formula of PyTorch's {@code pinv_backward} (Golub and Pereyra, 1973). */
  private static Tensor gradient(Tensor gt, Tensor a, Tensor p) {
    Tensor pt = p.mT();
    if (a.size(-2) <= a.size(-1)) {
      Tensor k = gt.matmul(p);
      Tensor kp = k.matmul(pt);
      return p.matmul(k)
          .mT()
          .neg()
          .add(kp)
          .sub(a.matmul(p).matmul(kp))
          .add(pt.matmul(p).matmul(gt.sub(k.matmul(a))));
    }
    Tensor k = p.matmul(gt);
    Tensor pk = pt.matmul(k);
    return k.matmul(p)
        .mT()
        .neg()
        .add(gt.sub(a.matmul(k)).matmul(p).matmul(pt))
        .add(pk)
        .sub(pk.matmul(p).matmul(a));
  }

  static Tensor rank(Tensor t, Tolerance tolerance, boolean hermitian) {
    check("matrix_rank", t, hermitian);
    Tensor a = t.detach();
    if (t.numel() == 0) {
      long[] sizes = Batch.leading(t);
      return Tensor.full(sizes, 0L).to(DType.I64).to(t.device());
    }
    Tensor values = hermitian ? Spectra.eigh(a, false).eigenvalues().abs() : Spectra.svd(a).s();
    return count(values, tolerance, t);
  }

  private static Tensor count(Tensor values, Tolerance tolerance, Tensor t) {
    return values
        .to(DType.F64)
        .gt(tolerance.bound(values, share(t)))
        .sum(new int[] {-1}, false, DType.I64);
  }

  static Linalg.LeastSquares lstsq(
      Tensor a, Tensor b, @Nullable Double rcond, LeastSquaresDriver driver) {
    Tensor rhs = checked(a, b);
    boolean vector = rhs != b;
    Shape batch = Batch.common("lstsq", a, rhs);
    long m = a.size(-2);
    long n = a.size(-1);
    Tolerance tolerance = rcond == null ? Tolerance.DEFAULT : Tolerance.relative(rcond);
    Tensor x = pinv(a, tolerance, false).matmul(rhs);
    Tensor values = none(a, a.dtype());
    Tensor rank = none(a, DType.I64);
    boolean full = true;
    if (driver != LeastSquaresDriver.GELS) {
      rank = rank(a, tolerance, false);
      full = driver == LeastSquaresDriver.GELSY || rank.eq(n).all().item().intValue() != 0;
    }
    if (driver == LeastSquaresDriver.GELSD || driver == LeastSquaresDriver.GELSS) {
      values = Spectra.svd(a.detach()).s();
    }
    Tensor residuals = none(a, a.dtype());
    if (m > n && driver != LeastSquaresDriver.GELSY && full) {
      Tensor off = a.matmul(x).sub(Batch.wide(rhs, batch));
      residuals = off.mul(off).sum(new int[] {-2}, false);
      residuals = vector ? residuals.squeeze(-1) : residuals;
    }
    return new Linalg.LeastSquares(vector ? x.squeeze(-1) : x, residuals, rank, values);
  }

  private static Tensor none(Tensor like, DType dtype) {
    return Tensor.zeros(0).to(dtype).to(like.device());
  }

  /** The right sides as matrices. */
  private static Tensor checked(Tensor a, Tensor b) {
    if (a.dim() < 2) {
      throw new ShapeException(
          "[lstsq] torch.linalg.lstsq: input must have at least 2 dimensions: shape " + a.shape());
    }
    if (b.dim() < 1) {
      throw new ShapeException(
          "[lstsq] torch.linalg.lstsq: other must have at least 1 dimension: shape " + b.shape());
    }
    Batch.checkMatrices("lstsq", a);
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "[lstsq] torch.linalg.lstsq: Expected input and other to have the same dtype, but got input's dtype %s and other's dtype %s; convert one"
              .formatted(a.dtype(), b.dtype()));
    }
    if (a.dim() < b.dim() || a.dim() > b.dim() + 1) {
      throw new ShapeException(
          "[lstsq] torch.linalg.lstsq: input.dim() must be greater or equal to other.dim() and (input.dim() - other.dim()) <= 1: shapes %s and %s"
              .formatted(a.shape(), b.shape()));
    }
    Tensor rhs = Equations.isVector(a, b) ? b.unsqueeze(-1) : b;
    if (rhs.dim() < 2 || a.size(-2) != rhs.size(-2)) {
      throw new ShapeException(
          "[lstsq] torch.linalg.lstsq: input.size(-2) should match %s: shapes %s and %s"
              .formatted(rhs == b ? "other.size(-2)" : "other.size(-1)", a.shape(), b.shape()));
    }
    return rhs;
  }
}
