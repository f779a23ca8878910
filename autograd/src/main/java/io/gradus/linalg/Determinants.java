package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import java.util.Arrays;

/** Determinants, with gradients that are defined for singular matrices too. */
final class Determinants {
  private Determinants() {}

  static Tensor det(Tensor t) {
    Batch b = Batch.square("det", t);
    double[] all = new double[b.count()];
    boolean singular = false;
    for (int i = 0; i < all.length; i++) {
      Lu lu = Lu.of(b.matrix(i), b.rows(), b.rows());
      all[i] = lu.determinant();
      singular |= lu.singularAt() > 0;
    }
    Tensor r = b.result(all);
    boolean cofactors = singular;
    return Record.rule(
        "LinalgDetBackward0",
        r,
        new Tensor[] {t},
        new Tensor[] {t, r},
        (g, s, needs) -> {
          Tensor each =
              s[0].size(-1) == 1
                  ? Tensor.onesLike(s[0].detach())
                  : cofactors
                      ? cofactors(s[0])
                      : Equations.inv(s[0], true).inverse().mT().mul(matrix(s[1]));
          return new Tensor[] {each.mul(matrix(g))};
        });
  }

  private static Tensor matrix(Tensor scalars) {
    return scalars.unsqueeze(-1).unsqueeze(-1);
  }

  /**
   * The signed minors, from {@code a = u diag(s) vh}: u diag(products of all s but one) vh, times
   * the determinants of u and vh. Nothing is divided, so it holds for singular matrices.
   */
  private static Tensor cofactors(Tensor a) {
    Linalg.Svd d = Spectra.svd(a);
    int n = (int) a.size(-1);
    Tensor[] others = new Tensor[n];
    Tensor before = Tensor.onesLike(d.s().select(-1, 0).detach());
    for (int i = 0; i < n; i++) {
      others[i] = before;
      before = before.mul(d.s().select(-1, i));
    }
    Tensor after = Tensor.onesLike(others[0]);
    for (int i = n - 1; i >= 0; i--) {
      others[i] = others[i].mul(after);
      after = after.mul(d.s().select(-1, i));
    }
    Tensor products = Tensor.stack(Arrays.asList(others), -1);
    Tensor sign = det(d.u()).mul(det(d.vh()));
    return d.u().mul(products.unsqueeze(-2)).matmul(d.vh()).mul(matrix(sign));
  }

  static Linalg.SignLogDet slogdet(Tensor t) {
    Batch b = Batch.square("slogdet", t);
    int n = b.rows();
    double[] sign = new double[b.count()];
    double[] log = new double[b.count()];
    for (int i = 0; i < sign.length; i++) {
      Lu lu = Lu.of(b.matrix(i), n, n);
      sign[i] = lu.sign();
      for (int k = 0; k < n; k++) {
        double pivot = lu.factors()[k * n + k];
        sign[i] *= Math.signum(pivot);
        log[i] += Math.log(Math.abs(pivot));
      }
    }
    Tensor recorded =
        Record.rule(
            "LinalgSlogdetBackward0",
            b.result(log),
            new Tensor[] {t},
            new Tensor[] {t},
            (g, s, needs) ->
                new Tensor[] {Equations.inv(s[0], false).inverse().mT().mul(matrix(g))});
    return new Linalg.SignLogDet(b.result(sign), recorded);
  }
}
