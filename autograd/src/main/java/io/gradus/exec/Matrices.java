package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.linalg.Linalg;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.List;

/** Matrices with parts left out, added, or made of vectors, with their gradients. */
public final class Matrices {
  private Matrices() {}

  /** {@code beta c + alpha a x b} for matrices or batches of them. */
  public static Tensor addmm(String name, Tensor c, Tensor a, Tensor b, double beta, double alpha) {
    boolean batched = name.equals("baddbmm");
    int rank = batched ? 3 : 2;
    if (!batched && a.dim() == 2 && b.dim() == 2 && a.size(1) != b.size(0)) {
      throw new ShapeException(
          "[addmm] mat1 and mat2 shapes cannot be multiplied (%dx%d and %dx%d)"
              .formatted(a.size(0), a.size(1), b.size(0), b.size(1)));
    }
    if (a.dim() != rank || b.dim() != rank || a.size(-1) != b.size(-2)) {
      throw new ShapeException(
          "[%s] mat1 and mat2 shapes cannot be multiplied: %s and %s"
              .formatted(name, a.shape(), b.shape()));
    }
    if (batched && a.size(0) != b.size(0)) {
      throw new ShapeException(
          "[baddbmm] batch1 and batch2 must have same number of batches, got %d and %d"
              .formatted(a.size(0), b.size(0)));
    }
    Products.checkSame(name, a, b);
    Products.checkSame(name, c, a);
    Shape shape = a.shape().with(-1, b.size(-1));
    if (!Broadcasting.fits(c.shape(), shape)) {
      throw new ShapeException(
          "[%s] The expanded size of the tensor must match: %s does not broadcast to %s"
              .formatted(name, c.shape(), shape));
    }
    long[] sizes = c.shape().toArray();
    return Record.rule(
        batched ? "BaddbmmBackward0" : "AddmmBackward0",
        Primitives.contract(a, b, c, alpha, beta),
        new Tensor[] {c, a, b},
        new Tensor[] {a, b},
        (g, s, needs) -> {
          // Products first: they need g in memory, which a sum alone would compute on its way.
          Tensor ga = needs[1] ? scaled(Products.like(s[0], g, s[1].mT()), alpha) : null;
          Tensor gb = needs[2] ? scaled(Products.like(s[1], s[0].mT(), g), alpha) : null;
          return new Tensor[] {needs[0] ? scaled(g.sumToSize(sizes), beta) : null, ga, gb};
        });
  }

  private static Tensor scaled(Tensor t, double by) {
    return by == 1 ? t : t.dtype().isFloating() ? t.mul(by) : t.mul((long) by);
  }

  /** {@code beta c + alpha product}, where nothing of c matters if beta is 0. */
  public static Tensor combine(Tensor c, Tensor product, double beta, double alpha) {
    Tensor p = scaled(product, alpha);
    return beta == 0 ? p.add(Tensor.zerosLike(c.detach())) : scaled(c, beta).add(p);
  }

  /** See {@link Tensor#addr(Tensor, Tensor, double, double)}; each step rounds to the dtype. */
  public static Tensor addr(Tensor c, Tensor v, Tensor w, double beta, double alpha) {
    if (c.dtype() != DType.BOOL || v.dtype() != DType.BOOL || w.dtype() != DType.BOOL) {
      boolean half = c.dtype().isFloating() && c.dtype().byteSize() == 2;
      return combine(
          c,
          scaled(v, half ? rounded(alpha, c.dtype()) : alpha).outer(w),
          half ? rounded(beta, c.dtype()) : beta,
          1);
    }
    Tensor product =
        alpha == 0 ? v.outer(w).logicalAnd(Tensor.zerosLike(c)) : v.outer(w).to(DType.BOOL);
    return beta == 0 ? product.logicalOr(Tensor.zerosLike(c)) : c.logicalOr(product);
  }

  private static double rounded(double number, DType dtype) {
    return Tensor.tensor(new double[] {number}).to(dtype).item().doubleValue();
  }

  /** See {@link Tensor#addbmm}; halves are rounded after each matrix, as in PyTorch. */
  public static Tensor addbmm(Tensor c, Tensor a, Tensor b, double beta, double alpha) {
    if (!c.dtype().isFloating() || c.dtype().byteSize() > 2 || a.dim() != 3 || a.size(0) == 0) {
      return combine(c, a.bmm(b).sum(0, false).to(a.dtype()), beta, alpha);
    }
    a.bmm(b);
    Tensor r = c;
    for (long i = 0; i < a.size(0); i++) {
      r = r.addmm(a.select(0, i), b.select(0, i), i == 0 ? beta : 1, alpha);
    }
    return r;
  }

  /** See {@link Tensor#triu}, {@link Tensor#tril}. */
  public static Tensor triangle(Tensor t, long k, boolean upper) {
    if (t.dim() < 2) {
      throw new ShapeException(
          "[%s] input tensor must have at least 2 dimensions: shape %s"
              .formatted(upper ? "triu" : "tril", t.shape()));
    }
    Tensor rows = Tensor.arange(t.size(-2)).unsqueeze(1).add(k);
    Tensor columns = Tensor.arange(t.size(-1)).unsqueeze(0);
    Tensor mask = (upper ? columns.ge(rows) : columns.le(rows)).to(t.device());
    return Record.rule(
        upper ? "TriuBackward0" : "TrilBackward0",
        t.detach().maskedFill(mask.logicalNot(), 0),
        t,
        (g, s, needs) -> new Tensor[] {triangle(g, k, upper)});
  }

  /** Row and column numbers of a triangle, two rows. */
  public static Tensor triangleIndices(long rows, long columns, long k, boolean upper) {
    if (rows < 0 || columns < 0) {
      throw new InvalidArgumentException(
          "[tri_indices] row and col must be non-negative, got %d and %d".formatted(rows, columns));
    }
    Tensor ones =
        Executor.full(
            Shape.of(rows, columns), DType.I64, io.gradus.tensor.backend.Device.cpu(), 1L);
    return triangle(ones, k, upper).nonzero().t().contiguous();
  }

  /** See {@link Tensor#diagEmbed(long, int, int)}. */
  public static Tensor diagEmbed(Tensor t, long offset, int dim1, int dim2) {
    int rank = t.dim() + 1;
    int a = Shape.wrapDim(dim1, rank);
    int b = Shape.wrapDim(dim2, rank);
    if (a == b || t.dim() == 0) {
      throw new InvalidArgumentException(
          "[diag_embed] diagonal dimensions cannot be identical %d, %d".formatted(dim1, dim2));
    }
    long n = t.size(-1) + Math.abs(offset);
    long[] sizes = new long[rank];
    int from = 0;
    for (int d = 0; d < rank; d++) {
      sizes[d] = d == a || d == b ? n : t.size(from++);
    }
    Tensor all = Executor.full(Shape.of(sizes), t.dtype(), t.device(), 0L);
    all.diagonal(offset, a, b).copy_(t.detach());
    return Record.rule(
        "DiagEmbedBackward0", all, t, (g, s, needs) -> new Tensor[] {g.diagonal(offset, a, b)});
  }

  /** Refuses vectors that {@link Tensor#vecdot} does not take. */
  public static void checkVectors(Tensor a, Tensor b) {
    if (!a.dtype().isFloating()) {
      throw new DTypeException(
          "[vecdot] linalg.vecdot: Expected a floating point or complex tensor as input. Got %s; convert with to(f32)"
              .formatted(a.dtype()));
    }
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "[vecdot] linalg.vecdot: Expected x and y to have the same dtype, but found x of type %s and y of type %s instead; convert one"
              .formatted(a.dtype(), b.dtype()));
    }
  }

  /** See {@link Tensor#cross}. */
  public static Tensor cross(Tensor a, Tensor b, int dim) {
    if (a.dim() != b.dim()) {
      throw new ShapeException(
          "[cross] linalg.cross: inputs must have the same number of dimensions: %s and %s"
              .formatted(a.shape(), b.shape()));
    }
    Products.checkSame("cross", a, b);
    int d = Shape.wrapDim(dim, a.dim());
    if (a.dim() == 0 || a.size(d) != 3 || b.size(d) != 3) {
      throw new ShapeException(
          "[cross] linalg.cross: inputs dimension %d must have length 3. Got %s and %s"
              .formatted(d, a.shape(), b.shape()));
    }
    Shape shape = Broadcasting.of("cross", a.shape(), b.shape());
    Tensor x = a.expand(shape.toArray());
    Tensor y = b.expand(shape.toArray());
    return x.roll(-1, d).mul(y.roll(-2, d)).sub(x.roll(-2, d).mul(y.roll(-1, d)));
  }

  /** See {@link Tensor#kron}. */
  public static Tensor kron(Tensor a, Tensor b) {
    int rank = Math.max(a.dim(), b.dim());
    long[] left = new long[2 * rank];
    long[] right = new long[2 * rank];
    long[] result = new long[rank];
    for (int d = 0; d < rank; d++) {
      long x = d < rank - a.dim() ? 1 : a.size(d - rank + a.dim());
      long y = d < rank - b.dim() ? 1 : b.size(d - rank + b.dim());
      left[2 * d] = x;
      left[2 * d + 1] = 1;
      right[2 * d] = 1;
      right[2 * d + 1] = y;
      result[d] = x * y;
    }
    return a.reshape(left).mul(b.reshape(right)).reshape(result);
  }

  /** See {@link Tensor#tensordot(Tensor, int[], int[])}. */
  public static Tensor tensordot(Tensor a, Tensor b, int[] dimsA, int[] dimsB) {
    if (dimsA.length != dimsB.length) {
      throw new ShapeException(
          "[tensordot] both dimension lists should have same length: %s and %s"
              .formatted(Arrays.toString(dimsA), Arrays.toString(dimsB)));
    }
    for (int i = 0; i < dimsA.length; i++) {
      // A size of 1 broadcasts against the other: the sum over that one.
      long x = a.size(dimsA[i]);
      long y = b.size(dimsB[i]);
      if (x != y && (x == 1 || y == 1)) {
        return x == 1
            ? tensordot(a, b.sum(new int[] {dimsB[i]}, true, b.dtype()), dimsA, dimsB)
            : tensordot(a.sum(new int[] {dimsA[i]}, true, a.dtype()), b, dimsA, dimsB);
      }
    }
    boolean[] inA = dimsA.length == 0 ? new boolean[a.dim()] : Axes.of(a, dimsA);
    boolean[] inB = dimsB.length == 0 ? new boolean[b.dim()] : Axes.of(b, dimsB);
    int[] orderA = new int[a.dim()];
    int[] orderB = new int[b.dim()];
    long k = 1;
    int n = a.dim() - dimsA.length;
    for (int i = 0; i < dimsA.length; i++) {
      orderA[n + i] = Shape.wrapDim(dimsA[i], a.dim());
      orderB[i] = Shape.wrapDim(dimsB[i], b.dim());
      if (a.size(orderA[n + i]) != b.size(orderB[i])) {
        throw new ShapeException(
            "[tensordot] contracted dimensions need to match, but first has size %d in dim %d and second has size %d in dim %d"
                .formatted(a.size(orderA[n + i]), dimsA[i], b.size(orderB[i]), dimsB[i]));
      }
      k *= a.size(orderA[n + i]);
    }
    long[] result = new long[n + b.dim() - dimsB.length];
    long rows = 1;
    long columns = 1;
    int at = 0;
    for (int d = 0; d < a.dim(); d++) {
      if (!inA[d]) {
        orderA[at] = d;
        result[at++] = a.size(d);
        rows *= a.size(d);
      }
    }
    int place = dimsB.length;
    for (int d = 0; d < b.dim(); d++) {
      if (!inB[d]) {
        orderB[place++] = d;
        result[at++] = b.size(d);
        columns *= b.size(d);
      }
    }
    return a.permute(orderA)
        .reshape(rows, k)
        .mm(b.permute(orderB).reshape(k, columns))
        .reshape(result);
  }

  /** See {@link Tensor#matrixPower}. */
  public static Tensor power(Tensor a, int n) {
    if (a.dim() < 2 || a.size(-1) != a.size(-2)) {
      throw new ShapeException(
          "[matrix_power] linalg.matrix_power: A must be batches of square matrices: shape "
              + a.shape());
    }
    if (n < 0) {
      Tensor inverse = Linalg.inv(a);
      // The magnitude of the least int is no int.
      return n == Integer.MIN_VALUE
          ? power(inverse, Integer.MAX_VALUE).matmul(inverse)
          : power(inverse, -n);
    }
    if (n == 0) {
      return Tensor.eye(a.size(-1))
          .to(a.dtype())
          .to(a.device())
          .expand(a.shape().toArray())
          .clone();
    }
    Tensor result = null;
    Tensor square = a;
    for (int left = n; left > 0; left >>= 1) {
      if ((left & 1) != 0) {
        result = result == null ? square : result.matmul(square);
      }
      square = left > 1 ? square.matmul(square) : square;
    }
    return result == null || result == a ? a.clone() : result;
  }

  /** The product of a chain of matrices in the cheapest order. */
  public static Tensor chain(List<Tensor> matrices) {
    int n = matrices.size();
    if (n < 2) {
      throw new InvalidArgumentException(
          "[multi_dot] multi_dot(): expected at least 2 tensors but got " + n);
    }
    boolean row = matrices.get(0).dim() == 1;
    boolean column = matrices.get(n - 1).dim() == 1;
    Tensor[] m = matrices.toArray(new Tensor[0]);
    m[0] = row ? m[0].unsqueeze(0) : m[0];
    m[n - 1] = column ? m[n - 1].unsqueeze(1) : m[n - 1];
    for (int i = 0; i < n; i++) {
      if (m[i].dim() != 2 || i > 0 && m[i - 1].size(1) != m[i].size(0)) {
        throw new ShapeException(
            "[multi_dot] tensors %d and %d cannot be multiplied: shape %s"
                .formatted(Math.max(i - 1, 0), i, m[i].shape()));
      }
    }
    double[][] cost = new double[n][n];
    int[][] split = new int[n][n];
    for (int length = 1; length < n; length++) {
      for (int i = 0; i + length < n; i++) {
        int j = i + length;
        cost[i][j] = Double.POSITIVE_INFINITY;
        for (int k = i; k < j; k++) {
          double c =
              cost[i][k] + cost[k + 1][j] + (double) m[i].size(0) * m[k].size(1) * m[j].size(1);
          if (c < cost[i][j]) {
            cost[i][j] = c;
            split[i][j] = k;
          }
        }
      }
    }
    Tensor r = multiply(m, split, 0, n - 1);
    r = row ? r.squeeze(0) : r;
    return column ? r.squeeze(-1) : r;
  }

  private static Tensor multiply(Tensor[] m, int[][] split, int i, int j) {
    return i == j
        ? m[i]
        : multiply(m, split, i, split[i][j]).mm(multiply(m, split, split[i][j] + 1, j));
  }
}
