package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;

/** Inverses, solutions, determinants and triangular factors, with their gradients. */
final class Factorizations {
  private Factorizations() {}

  static Tensor inv(Tensor t) {
    Batch b = Batch.square("inv", t);
    int n = b.rows();
    double[] all = new double[b.values().length];
    for (int i = 0; i < b.count(); i++) {
      Lu lu = new Lu(b.matrix(i), n);
      if (lu.singularAt > 0) {
        throw new NumericalException(
            b.where("inv", i)
                + "The diagonal element %d is zero, the inversion could not be completed because the input matrix is singular."
                    .formatted(lu.singularAt));
      }
      double[] x = identity(n);
      lu.solve(x, n);
      System.arraycopy(x, 0, all, i * n * n, n * n);
    }
    Tensor r = b.result(all, n, n);
    return Record.rule(
        "LinalgInvExBackward0",
        r,
        new Tensor[] {t},
        new Tensor[] {r},
        (g, s, needs) -> new Tensor[] {s[0].mT().matmul(g).matmul(s[0].mT()).neg()});
  }

  private static double[] identity(int n) {
    double[] x = new double[n * n];
    for (int k = 0; k < n; k++) {
      x[k * n + k] = 1;
    }
    return x;
  }

  /** Batches of a and b broadcast; b is a matrix here. */
  static Tensor solve(Tensor a, Tensor b) {
    Batch left = Batch.square("solve", a);
    Batch right = Batch.of("solve", b);
    int n = left.rows();
    int width = right.columns();
    if (right.rows() != n) {
      throw new ShapeException(
          "[solve] linalg.solve: Incompatible shapes of A and B for the equation AX = B (%dx%d and %dx%d)"
              .formatted(n, n, right.rows(), width));
    }
    double[] all = right.values().clone();
    for (int i = 0; i < left.count(); i++) {
      Lu lu = new Lu(left.matrix(i), n);
      if (lu.singularAt > 0) {
        throw new NumericalException(
            left.where("solve", i)
                + "The solver failed because the input matrix is singular (diagonal element %d is zero)."
                    .formatted(lu.singularAt));
      }
      double[] x = right.matrix(i);
      lu.solve(x, width);
      System.arraycopy(x, 0, all, i * n * width, n * width);
    }
    Tensor r = right.result(all, n, width);
    return Record.rule(
        "LinalgSolveExBackward0",
        r,
        new Tensor[] {a, b},
        new Tensor[] {a, r},
        (g, s, needs) -> {
          Tensor gb = solve(s[0].mT(), g);
          return new Tensor[] {needs[0] ? gb.matmul(s[1].mT()).neg() : null, gb};
        });
  }

  static Tensor solveTriangular(Tensor a, Tensor b, boolean upper, boolean unit) {
    Batch left = Batch.square("solve_triangular", a);
    Batch right = Batch.of("solve_triangular", b);
    int n = left.rows();
    int width = right.columns();
    if (right.rows() != n) {
      throw new ShapeException(
          "[solve_triangular] linalg.solve_triangular: Incompatible shapes of A and B for the equation AX = B (%dx%d and %dx%d)"
              .formatted(n, n, right.rows(), width));
    }
    double[] all = right.values().clone();
    for (int i = 0; i < left.count(); i++) {
      double[] x = right.matrix(i);
      Lu.triangular(left.matrix(i), n, x, width, upper, unit);
      System.arraycopy(x, 0, all, i * n * width, n * width);
    }
    Tensor r = right.result(all, n, width);
    return Record.rule(
        "LinalgSolveTriangularBackward0",
        r,
        new Tensor[] {a, b},
        new Tensor[] {a, r},
        (g, s, needs) -> {
          Tensor gb = solveTriangular(s[0].mT(), g, !upper, unit);
          Tensor ga = needs[0] ? gb.matmul(s[1].mT()).neg() : null;
          if (ga != null) {
            ga = upper ? ga.triu(unit ? 1 : 0) : ga.tril(unit ? -1 : 0);
          }
          return new Tensor[] {ga, gb};
        });
  }

  static Tensor det(Tensor t) {
    Batch b = Batch.square("det", t);
    double[] all = new double[b.count()];
    boolean singular = false;
    for (int i = 0; i < all.length; i++) {
      Lu lu = new Lu(b.matrix(i), b.rows());
      all[i] = lu.determinant();
      singular |= lu.singularAt > 0;
    }
    Tensor r = b.result(all);
    boolean cofactors = singular;
    return Record.rule(
        "LinalgDetBackward0",
        r,
        new Tensor[] {t},
        new Tensor[] {t, r},
        (g, s, needs) -> {
          Tensor scale = g.unsqueeze(-1).unsqueeze(-1);
          if (cofactors) {
            return new Tensor[] {cofactors(s[0]).mul(scale)};
          }
          return new Tensor[] {inv(s[0]).mT().mul(s[1].unsqueeze(-1).unsqueeze(-1)).mul(scale)};
        });
  }

  /** Signed determinants of what is left without each row and column: defined where inv is not. */
  private static Tensor cofactors(Tensor a) {
    int n = (int) a.size(-1);
    Tensor[] rows = new Tensor[n];
    for (int i = 0; i < n; i++) {
      Tensor[] row = new Tensor[n];
      for (int j = 0; j < n; j++) {
        Tensor minor = a.indexSelect(-2, allBut(n, i)).indexSelect(-1, allBut(n, j));
        row[j] = det(minor).mul((i + j) % 2 == 0 ? 1 : -1);
      }
      rows[i] = Tensor.stack(Arrays.asList(row), -1);
    }
    return Tensor.stack(Arrays.asList(rows), -2);
  }

  private static Tensor allBut(int n, int skipped) {
    long[] index = new long[n - 1];
    for (int i = 0; i < n - 1; i++) {
      index[i] = i < skipped ? i : i + 1;
    }
    return Tensor.tensor(index);
  }

  static Linalg.SignLogDet slogdet(Tensor t) {
    Batch b = Batch.square("slogdet", t);
    int n = b.rows();
    double[] sign = new double[b.count()];
    double[] log = new double[b.count()];
    for (int i = 0; i < sign.length; i++) {
      Lu lu = new Lu(b.matrix(i), n);
      sign[i] = lu.sign;
      for (int k = 0; k < n; k++) {
        sign[i] *= Math.signum(lu.a[k * n + k]);
        log[i] += Math.log(Math.abs(lu.a[k * n + k]));
      }
    }
    Tensor logs = b.result(log);
    Tensor recorded =
        Record.rule(
            "LinalgSlogdetBackward0",
            logs,
            new Tensor[] {t},
            new Tensor[] {t},
            (g, s, needs) -> new Tensor[] {inv(s[0]).mT().mul(g.unsqueeze(-1).unsqueeze(-1))});
    return new Linalg.SignLogDet(b.result(sign), recorded);
  }

  static Tensor cholesky(Tensor t, boolean upper) {
    Batch b = Batch.square("cholesky", t);
    int n = b.rows();
    double[] all = new double[b.values().length];
    for (int i = 0; i < b.count(); i++) {
      int failed = lower(b.values(), all, i * n * n, n);
      if (failed > 0) {
        throw new NumericalException(
            b.where("cholesky", i)
                + "The factorization could not be completed because the input is not positive-definite (the leading minor of order %d is not positive-definite)."
                    .formatted(failed));
      }
    }
    Tensor r = b.result(all, n, n);
    Tensor l =
        Record.rule(
            "LinalgCholeskyExBackward0",
            r,
            new Tensor[] {t},
            new Tensor[] {r},
            (g, s, needs) -> {
              Tensor x = s[0].mT().matmul(g);
              Tensor phi = x.tril(0).add(x.tril(-1).mT()).mul(0.5);
              Tensor right = solveTriangular(s[0].mT(), phi, true, false);
              return new Tensor[] {solveTriangular(s[0].mT(), right.mT(), true, false).mT()};
            });
    return upper ? l.mT() : l;
  }

  private static int lower(double[] a, double[] l, int at, int n) {
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double x = a[at + i * n + j];
        for (int k = 0; k < j; k++) {
          x -= l[at + i * n + k] * l[at + j * n + k];
        }
        if (i == j && !(x > 0)) {
          return j + 1;
        }
        l[at + i * n + j] = i == j ? Math.sqrt(x) : x / l[at + j * n + j];
      }
    }
    return 0;
  }

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
      double[] a = b.matrix(i);
      double[] one = new double[m * k];
      Householder.qr(a, m, n, one, k);
      System.arraycopy(one, 0, q, i * m * k, m * k);
      System.arraycopy(a, 0, r, i * k * n, k * n);
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
                    + " ncols");
          }
          Tensor gq = g[0] == null ? Tensor.zerosLike(s[0]) : g[0];
          Tensor gr = g[1] == null ? Tensor.zerosLike(s[1]) : g[1];
          Tensor x = gr.matmul(s[1].mT()).sub(s[0].mT().matmul(gq)).triu(0);
          Tensor sym = x.add(x.triu(1).mT());
          Tensor y = s[0].matmul(sym).add(gq);
          // y r^-T, as the transposed solution of r x = yᵀ.
          return new Tensor[] {solveTriangular(s[1], y.mT(), true, false).mT()};
        });
    return new Linalg.Qr(results[0], results[1]);
  }

  static Linalg.LuFactors luFactor(Tensor t) {
    Batch b = Batch.square("lu_factor", t);
    int n = b.rows();
    double[] all = new double[b.values().length];
    long[] pivots = new long[b.count() * n];
    for (int i = 0; i < b.count(); i++) {
      Lu lu = new Lu(b.matrix(i), n);
      System.arraycopy(lu.a, 0, all, i * n * n, n * n);
      for (int k = 0; k < n; k++) {
        pivots[i * n + k] = lu.pivots[k] + 1L;
      }
    }
    long[] shape = Arrays.copyOf(b.sizes(), b.sizes().length + 1);
    shape[shape.length - 1] = n;
    return new Linalg.LuFactors(
        b.result(all, n, n), Tensor.tensor(pivots).view(shape).to(DType.I32).to(t.device()));
  }
}
