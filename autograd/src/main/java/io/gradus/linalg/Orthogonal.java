package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;

/** Orthogonal factors and products of reflections, with their gradients. */
final class Orthogonal {
  private Orthogonal() {}

  static Linalg.Qr qr(Tensor t, boolean complete) {
    Batch b = Batch.of("qr", t);
    int m = b.rows();
    int n = b.columns();
    if (n > m && t.requiresGrad()) {
      // [X Y] = q [r, qᵀY]: the first m columns decide.
      Linalg.Qr x = qr(t.narrow(-1, 0, m), false);
      Tensor rest = x.q().mT().matmul(t.narrow(-1, m, n - m));
      return new Linalg.Qr(x.q(), Tensor.cat(Arrays.asList(x.r(), rest), -1));
    }
    int k = complete ? m : Math.min(m, n);
    double[] q = new double[b.count() * m * k];
    double[] r = new double[b.count() * k * n];
    for (int i = 0; i < b.count(); i++) {
      Householder h = Householder.of(b.matrix(i), m, n);
      System.arraycopy(h.q(k), 0, q, i * m * k, m * k);
      System.arraycopy(h.r(k), 0, r, i * k * n, k * n);
    }
    Tensor[] results = {b.result(q, m, k), b.result(r, k, n)};
    Record.rules(
        "LinalgQrBackward0",
        results,
        new Tensor[] {t},
        results,
        (g, s, needs) -> {
          if (complete && m != n) {
            throw new NumericalException(
                "[qr] The QR decomposition is not differentiable when mode='complete' and nrows >"
                    + " ncols: use qr(a)");
          }
          Tensor gq = g[0] == null ? Tensor.zerosLike(s[0]) : g[0];
          Tensor gr = g[1] == null ? Tensor.zerosLike(s[1]) : g[1];
          Tensor x = gr.matmul(s[1].mT()).sub(s[0].mT().matmul(gq)).triu(0);
          Tensor sym = x.add(x.triu(1).mT());
          Tensor y = s[0].matmul(sym).add(gq);
          // y r^-T, as the transposed solution of r x = yᵀ.
          return new Tensor[] {Equations.solveTriangular(s[1], y.mT(), true, true, false).mT()};
        });
    return new Linalg.Qr(results[0], results[1]);
  }

  /** The upper triangle alone, which has no gradient. */
  static Tensor r(Tensor t) {
    Batch b = Batch.of("qr", t);
    int k = Math.min(b.rows(), b.columns());
    double[] r = new double[b.count() * k * b.columns()];
    for (int i = 0; i < b.count(); i++) {
      Householder h = Householder.of(b.matrix(i), b.rows(), b.columns());
      System.arraycopy(h.r(k), 0, r, i * k * b.columns(), k * b.columns());
    }
    return Record.rule(
        "LinalgQrBackward0",
        b.result(r, k, b.columns()),
        t,
        (g, s, needs) -> {
          throw new NumericalException(
              "[qr] The derivative of linalg.qr depends on Q, which is not computed when mode='r':"
                  + " use qr(a)");
        });
  }

  static Linalg.Reflections geqrf(Tensor t) {
    Batch b = Batch.of("geqrf", t);
    int k = Math.min(b.rows(), b.columns());
    double[] packed = new double[b.values().length];
    double[] tau = new double[b.count() * k];
    int each = b.rows() * b.columns();
    for (int i = 0; i < b.count(); i++) {
      Householder h = Householder.of(b.matrix(i), b.rows(), b.columns());
      System.arraycopy(h.packed(), 0, packed, i * each, each);
      System.arraycopy(h.tau(), 0, tau, i * k, k);
    }
    return new Linalg.Reflections(b.result(packed, b.rows(), b.columns()), b.result(tau, k));
  }

  /** See {@link Linalg#householderProduct}. */
  static Tensor product(Tensor vectors, Tensor tau) {
    Batch.checkMatrices("householder_product", vectors);
    if (vectors.size(-2) < vectors.size(-1)) {
      throw new ShapeException(
          "[householder_product] torch.linalg.householder_product: input.shape[-2] must be greater"
              + " than or equal to input.shape[-1]: shape "
              + vectors.shape());
    }
    checkTau("householder_product", vectors, tau);
    if (tau.size(-1) > vectors.size(-1)) {
      throw new ShapeException(
          "[householder_product] torch.linalg.householder_product: input.shape[-1] must be greater than or equal to tau.shape[-1]: shapes %s and %s"
              .formatted(vectors.shape(), tau.shape()));
    }
    long[] sizes = vectors.shape().toArray();
    Tensor q =
        Tensor.eye(sizes[sizes.length - 2], sizes[sizes.length - 1])
            .to(vectors.dtype())
            .to(vectors.device())
            .expand(sizes);
    return apply(vectors, tau, q, false).contiguous();
  }

  private static void checkTau(String name, Tensor vectors, Tensor tau) {
    if (tau.dim() != vectors.dim() - 1
        || !Arrays.equals(
            Batch.leading(vectors), Arrays.copyOf(tau.shape().toArray(), vectors.dim() - 2))) {
      throw new ShapeException(
          "[%s] torch.%s: Expected batch dimensions of tau to be equal to input.shape[:-2], but got shapes %s and %s"
              .formatted(name, name, tau.shape(), vectors.shape()));
    }
    Batch.checkAlike(name, vectors, tau);
  }

  /** See {@link Linalg#ormqr}. */
  static Tensor ormqr(Tensor vectors, Tensor tau, Tensor other, boolean left, boolean transpose) {
    if (vectors.dim() < 2 || other.dim() < 2) {
      throw new ShapeException(
          "[ormqr] torch.ormqr: input and other must have at least 2 dimensions: shapes %s and %s"
              .formatted(vectors.shape(), other.shape()));
    }
    if (tau.dim() == 0
        || other.size(left ? -2 : -1) != vectors.size(-2)
        || tau.size(-1) != Math.min(vectors.size(-2), vectors.size(-1))) {
      throw new ShapeException(
          "[ormqr] torch.ormqr: other.shape[%d] must be equal to input.shape[-2], and tau.shape[-1] must be equal to min(other.shape[%d], input.shape[-1]): shapes %s, %s and %s"
              .formatted(
                  left ? -2 : -1, left ? -2 : -1, vectors.shape(), tau.shape(), other.shape()));
    }
    Batch.checkMatrices("ormqr", vectors);
    checkTau("ormqr", vectors, tau);
    if (!Arrays.equals(Batch.leading(vectors), Batch.leading(other))) {
      throw new ShapeException(
          "[ormqr] torch.ormqr: Expected batch dimensions of other to be equal to input.shape[:-2], but got shapes %s and %s"
              .formatted(other.shape(), vectors.shape()));
    }
    Batch.checkAlike("ormqr", vectors, other);
    // From the right: (qᵀ otherᵀ)ᵀ.
    Tensor result =
        left
            ? apply(vectors, tau, other, transpose)
            : apply(vectors, tau, other.mT(), !transpose).mT();
    return result == other ? other.clone() : result.contiguous();
  }

  /**
   * One reflection after another: gradients follow from products of matrices and vectors.
   *
   * @param transpose begins with the first reflection instead of the last
   */
  private static Tensor apply(Tensor vectors, Tensor tau, Tensor to, boolean transpose) {
    int count = (int) tau.size(-1);
    int m = (int) vectors.size(-2);
    Tensor result = to;
    for (int step = 0; step < count; step++) {
      int j = transpose ? step : count - 1 - step;
      Tensor unit = Batch.eye(m, vectors).narrow(-1, j, 1);
      Tensor below = vectors.narrow(-1, j, 1).tril(-1 - j);
      Tensor v = below.add(unit);
      Tensor scaled = v.mul(tau.narrow(-1, j, 1).unsqueeze(-1));
      result = result.sub(scaled.matmul(v.mT().matmul(result)));
    }
    return result;
  }
}
