package io.gradus.linalg;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Inverses and solutions of linear equations, with their gradients. */
final class Equations {
  private Equations() {}

  /**
   * The inverses; an error for a singular matrix if {@code check}, else infinities and NaN.
   *
   * @return also the first zero on the diagonal of each elimination, 0 if there is none
   */
  static Linalg.InverseInfo inv(Tensor t, boolean check) {
    Batch b = Batch.square("inv", t);
    int n = b.rows();
    double[] all = new double[b.values().length];
    int[] info = new int[b.count()];
    for (int i = 0; i < b.count(); i++) {
      Lu lu = Lu.of(b.matrix(i), n, n);
      info[i] = lu.singularAt();
      if (check && info[i] > 0) {
        throw new NumericalException(
            b.where("inv", i)
                + "The diagonal element %d is zero, the inversion could not be completed because the input matrix is singular."
                    .formatted(info[i]));
      }
      double[] x = new double[n * n];
      for (int k = 0; k < n; k++) {
        x[k * n + k] = 1;
      }
      lu.solve(x, n);
      System.arraycopy(x, 0, all, i * n * n, n * n);
    }
    Tensor r = b.result(all, n, n);
    return new Linalg.InverseInfo(
        Record.rule(
            "LinalgInvExBackward0",
            r,
            new Tensor[] {t},
            new Tensor[] {r},
            (g, s, needs) -> new Tensor[] {s[0].mT().matmul(g).matmul(s[0].mT()).neg()}),
        b.whole(info));
  }

  /**
   * Whether b holds one vector a matrix of a: it has one dimension, or the sizes of a but the last.
   */
  static boolean isVector(Tensor a, Tensor b) {
    return b.dim() == 1
        || b.dim() == a.dim() - 1
            && Arrays.equals(Arrays.copyOf(a.shape().toArray(), b.dim()), b.shape().toArray());
  }

  static Linalg.SolveInfo solve(String name, Tensor a, Tensor b, boolean left, boolean check) {
    Batch.checkSquare(name, a);
    Batch.checkAlike(name, a, b);
    boolean vector = isVector(a, b);
    if (!left && vector) {
      throw new ShapeException(
          "[%s] linalg.%s: Vector broadcasting of the left hand side is not supported for left=False. In this case linalg.solve is equivalent to B / A.squeeze(-1): shapes %s and %s"
              .formatted(name, name, a.shape(), b.shape()));
    }
    Tensor rhs = vector ? b.unsqueeze(-1) : b;
    checkFits(name, a, rhs, left);
    Shape batch = Batch.common(name, a, rhs);
    Tensor y = Batch.wide(rhs, batch);
    Linalg.SolveInfo r =
        left ? solve(name, a, y, check) : transposed(solve(name, a.mT(), y.mT(), check));
    return vector ? new Linalg.SolveInfo(r.result().squeeze(-1), r.info()) : r;
  }

  private static Linalg.SolveInfo transposed(Linalg.SolveInfo r) {
    return new Linalg.SolveInfo(r.result().mT(), r.info());
  }

  private static void checkFits(String name, Tensor a, Tensor b, boolean left) {
    if (b.dim() < 2) {
      throw new ShapeException(
          "[%s] linalg.%s: The input tensor B must have at least 2 dimensions: shape %s"
              .formatted(name, name, b.shape()));
    }
    if (b.size(left ? -2 : -1) != a.size(-1)) {
      throw new ShapeException(
          "[%s] linalg.%s: Incompatible shapes of A and B for the equation %s (%dx%d and %dx%d)"
              .formatted(
                  name,
                  name,
                  left ? "AX = B" : "XA = B",
                  a.size(-2),
                  a.size(-1),
                  b.size(-2),
                  b.size(-1)));
    }
  }

  /** The batches of a broadcast to those of b, which holds matrices. */
  private static Linalg.SolveInfo solve(String name, Tensor a, Tensor b, boolean check) {
    Batch left = Batch.square(name, a);
    Batch right = Batch.of(name, b);
    int n = left.rows();
    int width = right.columns();
    Lu[] factors = new Lu[left.count()];
    int[] info = new int[left.count()];
    for (int i = 0; i < left.count(); i++) {
      factors[i] = Lu.of(left.matrix(i), n, n);
      info[i] = factors[i].singularAt();
      if (check && info[i] > 0) {
        throw new NumericalException(
            left.where(name, i)
                + "The solver failed because the input matrix is singular (diagonal element %d is zero)."
                    .formatted(info[i]));
      }
    }
    long[] which = Tensor.arange(left.count()).view(left.sizes()).expand(right.sizes()).longArray();
    double[] all = right.values().clone();
    for (int i = 0; i < right.count(); i++) {
      double[] x = right.matrix(i);
      factors[(int) which[i]].solve(x, width);
      System.arraycopy(x, 0, all, i * n * width, n * width);
    }
    Tensor wide = Batch.wide(a, Shape.of(right.sizes()));
    Tensor r = right.result(all, n, width);
    return new Linalg.SolveInfo(
        Record.rule(
            "LinalgSolveExBackward0",
            r,
            new Tensor[] {wide, b},
            new Tensor[] {a, r},
            (g, s, needs) -> {
              Tensor gb = solve("solve", s[0].mT(), g, false).result();
              return new Tensor[] {needs[0] ? gb.matmul(s[1].mT()).neg() : null, gb};
            }),
        left.whole(info));
  }

  /** See {@link Linalg#solveTriangular}. */
  static Tensor solveTriangular(Tensor a, Tensor b, boolean upper, boolean left, boolean unit) {
    Batch.checkSquare("solve_triangular", a);
    Batch.checkMatrices("solve_triangular", b);
    Batch.checkAlike("solve_triangular", a, b);
    checkFits("solve_triangular", a, b, left);
    Shape batch = Batch.common("solve_triangular", a, b);
    Tensor x = Batch.wide(a, batch);
    Tensor y = Batch.wide(b, batch);
    return left ? triangular(x, y, upper, unit) : triangular(x.mT(), y.mT(), !upper, unit).mT();
  }

  private static Tensor triangular(Tensor a, Tensor b, boolean upper, boolean unit) {
    Batch left = Batch.square("solve_triangular", a);
    Batch right = Batch.of("solve_triangular", b);
    int n = left.rows();
    int width = right.columns();
    double[] all = right.values().clone();
    for (int i = 0; i < left.count(); i++) {
      double[] x = right.matrix(i);
      Triangular.solve(left.matrix(i), n, x, width, upper, unit);
      System.arraycopy(x, 0, all, i * n * width, n * width);
    }
    Tensor r = right.result(all, n, width);
    return Record.rule(
        "LinalgSolveTriangularBackward0",
        r,
        new Tensor[] {a, b},
        new Tensor[] {a, r},
        (g, s, needs) -> {
          Tensor gb = triangular(s[0].mT(), g, !upper, unit);
          return new Tensor[] {
            needs[0] ? triangle(gb.matmul(s[1].mT()).neg(), upper, unit) : null, gb
          };
        });
  }

  private static Tensor triangle(Tensor t, boolean upper, boolean unit) {
    return upper ? t.triu(unit ? 1 : 0) : t.tril(unit ? -1 : 0);
  }

  /** See {@link Linalg#tensorinv}. */
  static Tensor tensorinv(Tensor a, int ind) {
    if (ind <= 0) {
      throw new ShapeException(
          "[tensorinv] Expected a strictly positive integer for 'ind': " + ind);
    }
    long[] sizes = a.shape().toArray();
    if (ind > sizes.length) {
      throw new ShapeException(
          "[tensorinv] 'ind' must be at most the number of dimensions: %d for shape %s"
              .formatted(ind, a.shape()));
    }
    int split = ind;
    long[] first = Arrays.copyOf(sizes, split);
    long[] last = Arrays.copyOfRange(sizes, split, sizes.length);
    if (product(first) != product(last)) {
      throw new ShapeException(
          "[tensorinv] Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got %d != %d"
              .formatted(product(last), product(first)));
    }
    long[] result = Arrays.copyOf(last, sizes.length);
    System.arraycopy(first, 0, result, last.length, split);
    return inv(a.reshape(product(first), product(last)), true).inverse().reshape(result);
  }

  /** See {@link Linalg#tensorsolve}. */
  static Tensor tensorsolve(Tensor a, Tensor b, int @Nullable [] dims) {
    Tensor moved = a;
    if (dims != null) {
      int[] last = new int[dims.length];
      for (int i = 0; i < dims.length; i++) {
        last[i] = a.dim() - dims.length + i;
      }
      moved = a.movedim(dims, last);
    }
    long[] sizes = moved.shape().toArray();
    long[] result = Arrays.copyOfRange(sizes, Math.min(b.dim(), sizes.length), sizes.length);
    if (product(result) != b.numel()) {
      throw new ShapeException(
          "[tensorsolve] Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got %d != %d"
              .formatted(product(result), b.numel()));
    }
    Tensor matrix = moved.reshape(b.numel(), product(result));
    Tensor rhs = b.flatten();
    return solve("tensorsolve", matrix, rhs, true, true).result().reshape(result);
  }

  private static long product(long[] sizes) {
    long n = 1;
    for (long s : sizes) {
      n *= s;
    }
    return n;
  }
}
