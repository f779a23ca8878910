package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.error.NumericalException;
import java.util.List;

/** Eigenvalues of symmetric matrices and singular values, with their gradients. */
final class Spectra {
  private Spectra() {}

  /** Reads one triangle. */
  static Linalg.Eigh eigh(Tensor t, boolean upper) {
    Batch b = Batch.square("eigh", t);
    int n = b.rows();
    double[] values = new double[b.count() * n];
    double[] vectors = new double[b.count() * n * n];
    for (int i = 0; i < b.count(); i++) {
      double[] a = b.matrix(i);
      for (int r = 0; r < n; r++) {
        for (int c = r + 1; c < n; c++) {
          double x = upper ? a[r * n + c] : a[c * n + r];
          a[r * n + c] = x;
          a[c * n + r] = x;
        }
      }
      double[] w = new double[n];
      double[] v = new double[n * n];
      if (!Spectrum.symmetric(a, n, w, v)) {
        throw new NumericalException(b.where("eigh", i) + "The algorithm failed to converge");
      }
      System.arraycopy(w, 0, values, i * n, n);
      System.arraycopy(v, 0, vectors, i * n * n, n * n);
    }
    Tensor[] r = {b.result(values, n), b.result(vectors, n, n)};
    Record.rules(
        "LinalgEighBackward0",
        r,
        new Tensor[] {t},
        r,
        (g, s, needs) -> {
          Tensor v = s[1];
          if (g[1] == null) {
            return new Tensor[] {g[0] == null ? null : v.mul(g[0].unsqueeze(-2)).matmul(v.mT())};
          }
          // What turns the vectors is skew; the rest of their gradient cannot be followed.
          Tensor x = v.mT().matmul(g[1]);
          Tensor inner = x.sub(x.mT()).mul(0.5).div(gaps(s[0]));
          inner = g[0] == null ? inner : inner.add(g[0].diagEmbed());
          return new Tensor[] {v.matmul(inner).matmul(v.mT())};
        });
    return new Linalg.Eigh(r[0], r[1]);
  }

  /** All differences, with ones on the diagonal. */
  private static Tensor gaps(Tensor values) {
    return values.unsqueeze(-2).sub(values.unsqueeze(-1)).add(Batch.eye(values.size(-1), values));
  }

  /** With as many vectors as values. */
  static Linalg.Svd svd(Tensor t) {
    Batch b = Batch.of("svd", t);
    int m = b.rows();
    int n = b.columns();
    int k = Math.min(m, n);
    double[] u = new double[b.count() * m * k];
    double[] s = new double[b.count() * k];
    double[] vh = new double[b.count() * k * n];
    for (int i = 0; i < b.count(); i++) {
      double[] left = new double[m * k];
      double[] values = new double[k];
      double[] right = new double[n * k];
      double[] a = b.matrix(i);
      if (!Spectrum.singular(a, m, n, left, values, right)) {
        throw new NumericalException(
            b.where("svd", i)
                + "The algorithm failed to converge because the input matrix contained non-finite"
                + " values.");
      }
      System.arraycopy(left, 0, u, i * m * k, m * k);
      System.arraycopy(values, 0, s, i * k, k);
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < k; c++) {
          vh[(i * k + c) * n + r] = right[r * k + c];
        }
      }
    }
    Tensor[] r = {b.result(u, m, k), b.result(s, k), b.result(vh, k, n)};
    Record.rules(
        "LinalgSvdBackward0",
        r,
        new Tensor[] {t},
        r,
        (g, saved, needs) -> {
          Tensor left = saved[0];
          Tensor right = saved[2];
          if (g[0] == null && g[2] == null) {
            return new Tensor[] {g[1] == null ? null : left.mul(g[1].unsqueeze(-2)).matmul(right)};
          }
          return new Tensor[] {
            gradient(
                g[0] == null ? Tensor.zerosLike(left) : g[0],
                g[1] == null ? Tensor.zerosLike(saved[1]) : g[1],
                g[2] == null ? Tensor.zerosLike(right) : g[2],
                left,
                saved[1],
                right)
          };
        });
    return new Linalg.Svd(r[0], r[1], r[2]);
  }

  /** The formula of PyTorch's {@code svd_backward}. */
  private static Tensor gradient(Tensor gu, Tensor gs, Tensor gvh, Tensor u, Tensor s, Tensor vh) {
    Tensor gaps = gaps(s.mul(s));
    Tensor left = skew(u.mT().matmul(gu)).div(gaps).mul(s.unsqueeze(-2));
    Tensor right = skew(vh.matmul(gvh.mT())).div(gaps).mul(s.unsqueeze(-1));
    Tensor inner = left.add(right).add(gs.diagEmbed());
    Tensor result = u.matmul(inner).matmul(vh);
    if (u.size(-2) > s.size(-1)) {
      Tensor scaled = gu.div(s.unsqueeze(-2));
      Tensor outside = scaled.sub(u.matmul(u.mT().matmul(scaled)));
      result = result.add(outside.matmul(vh));
    }
    if (vh.size(-1) > s.size(-1)) {
      Tensor scaled = gvh.div(s.unsqueeze(-1));
      Tensor outside = scaled.sub(scaled.matmul(vh.mT()).matmul(vh));
      result = result.add(u.matmul(outside));
    }
    return result;
  }

  private static Tensor skew(Tensor x) {
    return x.sub(x.mT());
  }

  /** With square u and vh; the vectors without a value are constants to gradients. */
  static Linalg.Svd full(Tensor t) {
    Linalg.Svd d = svd(t);
    return new Linalg.Svd(complete(d.u()), d.s(), complete(d.vh().mT()).mT());
  }

  /** Orthonormal columns and further ones up to a square. */
  private static Tensor complete(Tensor columns) {
    long m = columns.size(-2);
    long k = columns.size(-1);
    if (m == k) {
      return columns;
    }
    Tensor all = Orthogonal.qr(columns.detach(), true).q();
    return Tensor.cat(List.of(columns, all.narrow(-1, k, m - k)), -1);
  }
}
