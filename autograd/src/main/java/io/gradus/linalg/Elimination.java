package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.List;

/** Gaussian elimination and what is solved with its factors, with their gradients. */
final class Elimination {
  private Elimination() {}

  /** See {@link Linalg#luFactorEx}; an error for a zero on the diagonal if {@code check}. */
  static Linalg.LuFactorsInfo factor(String name, Tensor t, boolean pivot, boolean check) {
    if (!pivot) {
      throw new InvalidArgumentException(
          "[%s] linalg.%s: LU without pivoting is not implemented on the CPU; leave out pivot=false"
              .formatted(name, name));
    }
    Batch b = Batch.of(name, t);
    int m = b.rows();
    int n = b.columns();
    int k = Math.min(m, n);
    double[] all = new double[b.values().length];
    int[] pivots = new int[b.count() * k];
    long[] rows = new long[b.count() * m];
    int[] info = new int[b.count()];
    for (int i = 0; i < b.count(); i++) {
      Lu lu = Lu.of(b.matrix(i), m, n);
      info[i] = lu.singularAt();
      if (check && info[i] > 0) {
        throw new NumericalException(
            b.where(name, i)
                + "U[%d,%d] is zero and using it on lu_solve would result in a division by zero. If you still want to perform the factorization, consider calling linalg.lu(A) or linalg.lu_factor_ex(A)"
                    .formatted(info[i], info[i]));
      }
      System.arraycopy(lu.factors(), 0, all, i * m * n, m * n);
      for (int j = 0; j < k; j++) {
        pivots[i * k + j] = lu.pivots()[j] + 1;
      }
      inverseOrder(lu.pivots(), m, rows, i * m);
    }
    Tensor packed = b.result(all, m, n);
    Tensor order = order(b, rows, m);
    return new Linalg.LuFactorsInfo(
        Record.rule(
            "LinalgLuFactorExBackward0",
            packed,
            new Tensor[] {t},
            new Tensor[] {packed},
            (g, s, needs) -> new Tensor[] {take(gradient(g, s[0], k), order)}),
        b.whole(pivots, k),
        b.whole(info));
  }

  /** Where each row of the input went. */
  private static void inverseOrder(int[] pivots, int m, long[] to, int at) {
    int[] order = order(pivots, m);
    for (int i = 0; i < m; i++) {
      to[at + order[i]] = i;
    }
  }

  /** The row of the input that stands at each place, pivots counting from 0. */
  private static int[] order(int[] pivots, int m) {
    int[] order = new int[m];
    for (int i = 0; i < m; i++) {
      order[i] = i;
    }
    for (int i = 0; i < pivots.length; i++) {
      int x = order[i];
      order[i] = order[pivots[i]];
      order[pivots[i]] = x;
    }
    return order;
  }

  private static Tensor order(Batch b, long[] rows, int m) {
    long[] shape = Arrays.copyOf(b.sizes(), b.sizes().length + 2);
    shape[shape.length - 2] = m;
    shape[shape.length - 1] = 1;
    return Tensor.tensor(rows).view(shape).to(b.device());
  }

  /** The rows of each matrix in another order. */
  private static Tensor take(Tensor t, Tensor order) {
    long[] sizes = order.shape().toArray();
    sizes[sizes.length - 1] = t.size(-1);
    return t.gather(-2, order.expand(sizes));
  }

  private static Tensor lower(Tensor packed, long k) {
    Tensor one = Tensor.eye(packed.size(-2), k).to(packed.dtype()).to(packed.device());
    return packed.narrow(-1, 0, k).tril(-1).add(one);
  }

  /** Gradients of l and u, packed like them, to that of the rows in their new order. */
  private static Tensor gradient(Tensor g, Tensor packed, int k) {
    long m = packed.size(-2);
    long n = packed.size(-1);
    Tensor l = lower(packed, k);
    Tensor u = packed.narrow(-2, 0, k).triu();
    Tensor l1 = l.narrow(-2, 0, k);
    Tensor u1 = u.narrow(-1, 0, k);
    Tensor gl = g.narrow(-1, 0, k).tril(-1);
    Tensor gu = g.narrow(-2, 0, k).triu();
    // With dl = l1 f and du = e u1, f strictly lower and e upper: f + e = l1^-1 da u1^-1.
    Tensor f = l1.mT().matmul(gl.narrow(-2, 0, k));
    Tensor e = gu.narrow(-1, 0, k).matmul(u1.mT());
    Tensor right = null;
    Tensor below = null;
    if (n > k) {
      Tensor gu2 = gu.narrow(-1, k, n - k);
      f = f.sub(gu2.matmul(u.narrow(-1, k, n - k).mT()));
      right = Equations.solveTriangular(l1.mT(), gu2, true, true, true);
    }
    if (m > k) {
      Tensor gl2 = gl.narrow(-2, k, m - k);
      e = e.sub(l.narrow(-2, k, m - k).mT().matmul(gl2));
      below = Equations.solveTriangular(u1.mT(), gl2, false, false, false);
    }
    Tensor inner = Equations.solveTriangular(l1.mT(), f.tril(-1).add(e.triu()), true, true, true);
    Tensor all = Equations.solveTriangular(u1.mT(), inner, false, false, false);
    all = right == null ? all : Tensor.cat(List.of(all, right), -1);
    return below == null ? all : Tensor.cat(List.of(all, below), -2);
  }

  private static void checkPivots(String name, Tensor packed, Tensor pivots) {
    Batch.checkMatrices(name, packed);
    if (pivots.dtype() != DType.I32) {
      throw new DTypeException(
          "[%s] torch.%s: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype, got %s; convert with to(i32)"
              .formatted(name, name, pivots.dtype()));
    }
    long[] expected = Arrays.copyOf(packed.shape().toArray(), packed.dim() - 1);
    expected[expected.length - 1] = Math.min(packed.size(-1), packed.size(-2));
    if (!Arrays.equals(expected, pivots.shape().toArray())) {
      throw new ShapeException(
          "[%s] linalg.%s: Number of pivots per batch should be same as the dimension of the matrix: pivots of shape %s for factors of shape %s"
              .formatted(name, name, pivots.shape(), packed.shape()));
    }
  }

  /** The rows of the input in their new order, or where each of them went. */
  private static Tensor order(String name, Tensor packed, Tensor pivots, boolean inverse) {
    Batch b = Batch.of(name, packed.detach());
    int m = b.rows();
    int k = Math.min(m, b.columns());
    long[] given = pivots.longArray();
    long[] rows = new long[b.count() * m];
    for (int i = 0; i < b.count(); i++) {
      int[] one = new int[k];
      for (int j = 0; j < k; j++) {
        one[j] = Math.toIntExact(given[i * k + j] - 1);
        if (one[j] < 0 || one[j] >= m) {
          throw new InvalidArgumentException(
              "[%s] torch.%s: pivots passed in must be between 1 and %d, got %d; pass those of lu_factor"
                  .formatted(name, name, m, one[j] + 1));
        }
      }
      if (inverse) {
        inverseOrder(one, m, rows, i * m);
      } else {
        int[] order = order(one, m);
        for (int j = 0; j < m; j++) {
          rows[i * m + j] = order[j];
        }
      }
    }
    return order(b, rows, m);
  }

  /** See {@link Linalg#luUnpack}. */
  static Linalg.PermutedFactors unpack(Tensor packed, Tensor pivots) {
    checkPivots("lu_unpack", packed, pivots);
    long m = packed.size(-2);
    long k = Math.min(m, packed.size(-1));
    Tensor order = order("lu_unpack", packed, pivots, true);
    long[] square = packed.shape().toArray();
    square[square.length - 1] = m;
    Tensor p = take(Batch.eye(m, packed).expand(square), order);
    return new Linalg.PermutedFactors(p, lower(packed, k), packed.narrow(-2, 0, k).triu());
  }

  /** See {@link Linalg#luSolve}. */
  static Tensor solve(Tensor packed, Tensor pivots, Tensor b, boolean left, boolean adjoint) {
    Batch.checkSquare("lu_solve", packed);
    checkPivots("lu_solve", packed, pivots);
    Batch.checkMatrices("lu_solve", b);
    Batch.checkAlike("lu_solve", packed, b);
    if (b.size(left ? -2 : -1) != packed.size(-1)) {
      throw new ShapeException(
          "[lu_solve] linalg.lu_solve: Incompatible shapes of A and B for the equation %s (%dx%d and %dx%d)"
              .formatted(
                  left ? "AX = B" : "XA = B",
                  packed.size(-2),
                  packed.size(-1),
                  b.size(-2),
                  b.size(-1)));
    }
    if (!left) {
      // x a = b is aᵀ xᵀ = bᵀ.
      return solve(packed, pivots, b.mT(), true, !adjoint).mT();
    }
    Shape batch = Batch.common("lu_solve", packed, b);
    Tensor factors = Batch.wide(packed, batch);
    Tensor order = Batch.wide(order("lu_solve", packed, pivots, adjoint), batch);
    Tensor rhs = Batch.wide(b, batch);
    if (adjoint) {
      Tensor y = Equations.solveTriangular(factors.mT(), rhs, false, true, false);
      return take(Equations.solveTriangular(factors.mT(), y, true, true, true), order);
    }
    Tensor y = Equations.solveTriangular(factors, take(rhs, order), false, true, true);
    return Equations.solveTriangular(factors, y, true, true, false);
  }

  /** See {@link Linalg#ldlFactorEx}; an error for a zero block if {@code check}. */
  static Linalg.LdlFactorsInfo ldl(Tensor t, boolean check) {
    Batch b = Batch.square("ldl_factor", t);
    int n = b.rows();
    double[] all = new double[b.values().length];
    int[] pivots = new int[b.count() * n];
    int[] info = new int[b.count()];
    for (int i = 0; i < b.count(); i++) {
      BunchKaufman factors = BunchKaufman.of(b.matrix(i), n);
      info[i] = factors.singularAt();
      if (check && info[i] > 0) {
        throw new NumericalException(
            b.where("ldl_factor", i)
                + "The block D[%d,%d] is zero: the matrix is singular; ldl_factor_ex does not check"
                    .formatted(info[i], info[i]));
      }
      System.arraycopy(factors.factors(), 0, all, i * n * n, n * n);
      System.arraycopy(factors.pivots(), 0, pivots, i * n, n);
    }
    return new Linalg.LdlFactorsInfo(b.result(all, n, n), b.whole(pivots, n), b.whole(info));
  }

  /** See {@link Linalg#ldlSolve}. */
  static Tensor ldlSolve(Tensor packed, Tensor pivots, Tensor b) {
    Batch.checkSquare("ldl_solve", packed);
    Batch.checkMatrices("ldl_solve", b);
    if (pivots.dtype().isFloating()) {
      throw new DTypeException(
          "[ldl_solve] torch.linalg.ldl_solve: Expected pivots to be integers. Got "
              + pivots.dtype());
    }
    long[] expected = Arrays.copyOf(packed.shape().toArray(), packed.dim() - 1);
    if (!Arrays.equals(expected, pivots.shape().toArray())) {
      throw new ShapeException(
          "[ldl_solve] torch.linalg.ldl_solve: Expected LD.shape[:-1] and pivots.shape to be the same, but got pivots with shape %s instead of %s"
              .formatted(pivots.shape(), Shape.of(expected)));
    }
    Batch.checkAlike("ldl_solve", packed, b);
    if (b.size(-2) != packed.size(-1)) {
      throw new ShapeException(
          "[ldl_solve] torch.linalg.ldl_solve: Incompatible shapes of A and B for the equation AX = B (%dx%d and %dx%d)"
              .formatted(packed.size(-2), packed.size(-1), b.size(-2), b.size(-1)));
    }
    Shape common = Batch.common("ldl_solve", packed, b);
    Batch factors = Batch.of("ldl_solve", Batch.wide(packed, common));
    Batch rhs = Batch.of("ldl_solve", Batch.wide(b, common));
    int n = factors.rows();
    long[] wide = Arrays.copyOf(common.toArray(), common.rank() + 1);
    wide[common.rank()] = n;
    long[] exchanged = pivots.expand(wide).longArray();
    double[] all = new double[rhs.values().length];
    int each = n * rhs.columns();
    for (int i = 0; i < rhs.count(); i++) {
      int[] one = new int[n];
      for (int j = 0; j < n; j++) {
        one[j] = Math.toIntExact(exchanged[i * n + j]);
      }
      checkBlocks(one);
      double[] x = rhs.matrix(i);
      new BunchKaufman(factors.matrix(i), one, n, 0).solve(x, rhs.columns());
      System.arraycopy(x, 0, all, i * each, each);
    }
    return rhs.result(all, n, rhs.columns());
  }

  private static void checkBlocks(int[] pivots) {
    for (int k = 0; k < pivots.length; k++) {
      boolean pair = pivots[k] < 0;
      if (pivots[k] == 0
          || Math.abs(pivots[k]) > pivots.length
          || pair && (k + 1 == pivots.length || pivots[k + 1] != pivots[k])) {
        throw new InvalidArgumentException(
            "[ldl_solve] pivots are not those of ldl_factor: %s"
                .formatted(Arrays.toString(pivots)));
      }
      k = pair ? k + 1 : k;
    }
  }
}
