package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;

/** Eigenvalues, singular values and what they give, with their gradients. */
final class Decompositions {
  private Decompositions() {}

  static Linalg.Eigh eigh(Tensor t) {
    Batch b = Batch.square("eigh", t);
    int n = b.rows();
    double[] values = new double[b.count() * n];
    double[] vectors = new double[b.count() * n * n];
    for (int i = 0; i < b.count(); i++) {
      double[] a = b.matrix(i);
      for (int r = 0; r < n; r++) {
        for (int c = r + 1; c < n; c++) {
          a[r * n + c] = a[c * n + r];
        }
      }
      double[] w = new double[n];
      double[] v = new double[n * n];
      Spectrum.eigen(a, n, w, v);
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
          Tensor w = s[0];
          Tensor v = s[1];
          Tensor inner = g[0] == null ? Tensor.zerosLike(v) : g[0].diagEmbed();
          if (g[1] != null) {
            Tensor gaps = w.unsqueeze(-2).sub(w.unsqueeze(-1)).add(eye(n, w));
            Tensor x = v.mT().matmul(g[1]).div(gaps);
            inner = inner.add(x.sub(x.diagonal(0, -2, -1).diagEmbed()));
          }
          return new Tensor[] {v.matmul(inner).matmul(v.mT())};
        });
    return new Linalg.Eigh(r[0], r[1]);
  }

  private static Tensor eye(long n, Tensor like) {
    return Tensor.eye(n).to(like.dtype()).to(like.device());
  }

  static Linalg.Svd svd(Tensor t) {
    Batch b = Batch.of("svd", t);
    if (b.rows() < b.columns()) {
      Linalg.Svd other = svd(t.mT());
      return new Linalg.Svd(other.vh().mT(), other.s(), other.u().mT());
    }
    int m = b.rows();
    int n = b.columns();
    double[] u = new double[b.count() * m * n];
    double[] s = new double[b.count() * n];
    double[] vh = new double[b.count() * n * n];
    for (int i = 0; i < b.count(); i++) {
      double[] a = b.matrix(i);
      double[] values = new double[n];
      double[] v = new double[n * n];
      Spectrum.singular(a, m, n, values, v);
      System.arraycopy(a, 0, u, i * m * n, m * n);
      System.arraycopy(values, 0, s, i * n, n);
      for (int r = 0; r < n; r++) {
        for (int c = 0; c < n; c++) {
          vh[i * n * n + c * n + r] = v[r * n + c];
        }
      }
    }
    Tensor[] r = {b.result(u, m, n), b.result(s, n), b.result(vh, n, n)};
    Record.rules(
        "LinalgSvdBackward0",
        r,
        new Tensor[] {t},
        r,
        (g, saved, needs) ->
            new Tensor[] {
              gradient(
                  g[0] == null ? Tensor.zerosLike(saved[0]) : g[0],
                  g[1] == null ? Tensor.zerosLike(saved[1]) : g[1],
                  g[2] == null ? Tensor.zerosLike(saved[2]) : g[2],
                  saved[0],
                  saved[1],
                  saved[2])
            });
    return new Linalg.Svd(r[0], r[1], r[2]);
  }

  /** The formula of PyTorch's {@code svd_backward}, for at least as many rows as columns. */
  private static Tensor gradient(Tensor gu, Tensor gs, Tensor gvh, Tensor u, Tensor s, Tensor vh) {
    Tensor square = s.mul(s);
    Tensor gaps = square.unsqueeze(-2).sub(square.unsqueeze(-1)).add(eye(s.size(-1), s));
    Tensor left = skew(u.mT().matmul(gu)).div(gaps).mul(s.unsqueeze(-2));
    Tensor right = skew(vh.matmul(gvh.mT())).div(gaps).mul(s.unsqueeze(-1));
    Tensor inner = left.add(right).add(gs.diagEmbed());
    Tensor result = u.matmul(inner).matmul(vh);
    if (u.size(-2) > u.size(-1)) {
      Tensor scaled = gu.div(s.unsqueeze(-2));
      Tensor outside = scaled.sub(u.matmul(u.mT().matmul(scaled)));
      result = result.add(outside.matmul(vh));
    }
    return result;
  }

  private static Tensor skew(Tensor x) {
    return x.sub(x.mT());
  }

  static Tensor pinv(Tensor t, double rcond) {
    Tensor value;
    {
      Linalg.Svd d = svd(t.detach());
      Tensor cut = d.s().amax(new int[] {-1}, true).mul(rcond);
      Tensor inverse = d.s().reciprocal().where(d.s().gt(cut), 0);
      value = d.vh().mT().matmul(inverse.unsqueeze(-1).mul(d.u().mT()));
    }
    return Record.rule(
        "LinalgPinvBackward0",
        value,
        new Tensor[] {t},
        new Tensor[] {t, value},
        (g, s, needs) -> new Tensor[] {pinvGradient(g.mT(), s[0], s[1])});
  }

  /** The formula of PyTorch's {@code pinv_backward} (Golub and Pereyra, 1973). */
  private static Tensor pinvGradient(Tensor gt, Tensor a, Tensor p) {
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

  static double epsilon(Tensor t) {
    return switch (t.dtype()) {
      case F64 -> 0x1p-52;
      case F32, U8, I8, I16, I32, I64, BOOL -> 0x1p-23;
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
    };
  }

  static Tensor rank(Tensor t) {
    Tensor s = svd(t.detach()).s();
    double tolerance = epsilon(t) * Math.max(t.size(-2), t.size(-1));
    return s.gt(s.amax(new int[] {-1}, true).mul(tolerance)).sum(-1, false).to(DType.I64);
  }
}
