package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/** Matrix products with their gradients. */
public final class Products {
  private Products() {}

  /** [n, k] x [k, m]. */
  public static Tensor mm(Tensor a, Tensor b) {
    if (a.dim() != 2 || b.dim() != 2) {
      throw new ShapeException(
          "[mm] self must be a matrix and mat2 must be a matrix: shapes %s and %s; use matmul for other ranks"
              .formatted(a.shape(), b.shape()));
    }
    if (a.size(1) != b.size(0)) {
      throw new ShapeException(
          "[mm] mat1 and mat2 shapes cannot be multiplied (%dx%d and %dx%d)"
              .formatted(a.size(0), a.size(1), b.size(0), b.size(1)));
    }
    checkSame("mm", a, b);
    return Record.rule(
        "MmBackward0",
        Primitives.contract(a, b, 1),
        new Tensor[] {a, b},
        new Tensor[] {a, b},
        (g, s, needs) ->
            new Tensor[] {
              needs[0] ? like(s[0], g, s[1].t()) : null, needs[1] ? like(s[1], s[0].t(), g) : null
            });
  }

  /**
   * {@code a b} for matrices or batches of them, in memory as {@code model} is: the gradient of a
   * transposed weight is then the transpose of a dense one, and what updates the weight need not
   * transpose it again.
   */
  static Tensor like(Tensor model, Tensor a, Tensor b) {
    int n = model.dim();
    boolean byColumns = model.stride(n - 2) == 1 && model.stride(n - 1) >= model.size(n - 2);
    return byColumns && model.stride(n - 1) > 1
        ? Internals.alone(b.mT().matmul(a.mT()).mT())
        : a.matmul(b);
  }

  /** [b, n, k] x [b, k, m]. */
  public static Tensor bmm(Tensor a, Tensor b) {
    if (a.dim() != 3 || b.dim() != 3) {
      throw new ShapeException(
          "[bmm] batch1 must be a 3D tensor and batch2 must be a 3D tensor: shapes %s and %s"
              .formatted(a.shape(), b.shape()));
    }
    if (a.size(0) != b.size(0) || a.size(2) != b.size(1)) {
      throw new ShapeException(
          "[bmm] Expected size for first two dimensions of batch2 tensor to be: [%d, %d] but got: [%d, %d]. (shapes %s and %s)"
              .formatted(a.size(0), a.size(2), b.size(0), b.size(1), a.shape(), b.shape()));
    }
    checkSame("bmm", a, b);
    return Record.rule(
        "BmmBackward0",
        Primitives.contract(a, b, 1),
        new Tensor[] {a, b},
        new Tensor[] {a, b},
        (g, s, needs) ->
            new Tensor[] {
              needs[0] ? like(s[0], g, s[1].mT()) : null, needs[1] ? like(s[1], s[0].mT(), g) : null
            });
  }

  /** [n, k] x [k]. */
  public static Tensor mv(Tensor a, Tensor v) {
    if (a.dim() != 2 || v.dim() != 1) {
      throw new ShapeException(
          "[mv] vector + matrix @ vector expected, got 1, %d, %d: shapes %s and %s"
              .formatted(a.dim(), v.dim(), a.shape(), v.shape()));
    }
    if (a.size(1) != v.size(0)) {
      throw new ShapeException(
          "[mv] size mismatch, got input (%d), mat (%dx%d), vec (%d)"
              .formatted(a.size(0), a.size(0), a.size(1), v.size(0)));
    }
    checkSame("mv", a, v);
    Tensor column = as(v, v.size(0), 1);
    Tensor r = Axes.reshaped(Primitives.contract(a, column, 1), Shape.of(a.size(0)));
    return Record.rule(
        "MvBackward0",
        r,
        new Tensor[] {a, v},
        new Tensor[] {a, v},
        (g, s, needs) ->
            new Tensor[] {needs[0] ? g.outer(s[1]) : null, needs[1] ? s[0].t().mv(g) : null});
  }

  /** The sum of the products of two vectors. */
  public static Tensor dot(Tensor a, Tensor b) {
    if (a.dim() != 1 || b.dim() != 1) {
      throw new ShapeException(
          "[dot] 1D tensors expected, but got %dD and %dD tensors: shapes %s and %s"
              .formatted(a.dim(), b.dim(), a.shape(), b.shape()));
    }
    if (a.size(0) != b.size(0)) {
      throw new ShapeException(
          "[dot] inconsistent tensor size, expected tensor [%d] and src [%d] to have the same number of elements, but got %d and %d elements respectively"
              .formatted(a.size(0), b.size(0), a.size(0), b.size(0)));
    }
    checkSame("dot", a, b);
    Tensor r = Primitives.contract(as(a, 1, a.size(0)), as(b, b.size(0), 1), 1);
    return Record.rule(
        "DotBackward0",
        Axes.reshaped(r, Shape.SCALAR),
        new Tensor[] {a, b},
        new Tensor[] {a, b},
        (g, s, needs) ->
            new Tensor[] {needs[0] ? g.mul(s[1]) : null, needs[1] ? g.mul(s[0]) : null});
  }

  /** A vector as a matrix, without history. */
  private static Tensor as(Tensor v, long rows, long columns) {
    Layout l = Internals.operand(v).layout();
    long stride = l.stride(0);
    return Internals.alias(
        v,
        Internals.operand(v)
            .with(Layout.of(Shape.of(rows, columns), new long[] {stride, stride}, l.offset())));
  }

  /** The product by the ranks of the operands, batches broadcast. */
  public static Tensor matmul(Tensor a, Tensor b) {
    int ra = a.dim();
    int rb = b.dim();
    if (ra == 0 || rb == 0) {
      throw new ShapeException(
          "[matmul] both arguments to matmul need to be at least 1D, but they are %dD and %dD; use mul"
              .formatted(ra, rb));
    }
    if (ra == 1 && rb == 1) {
      return a.dot(b);
    }
    if (ra == 2 && rb == 1) {
      return a.mv(b);
    }
    if (ra == 1 && rb == 2) {
      return a.unsqueeze(0).mm(b).squeeze(0);
    }
    if (ra == 2 && rb == 2) {
      return a.mm(b);
    }
    return ra >= 3 && rb <= 2
        ? folded(a, b)
        : rb >= 3 && ra <= 2 && ra == 1 ? batched(a.unsqueeze(0), b).squeeze(-2) : batched(a, b);
  }

  /** A batch of matrices times one matrix or vector is one larger product. */
  private static Tensor folded(Tensor a, Tensor b) {
    long[] sizes = a.shape().toArray();
    long k = sizes[sizes.length - 1];
    long rows = 1;
    for (int d = 0; d < sizes.length - 1; d++) {
      rows *= sizes[d];
    }
    Tensor flat = a.reshape(rows, k);
    if (b.dim() == 1) {
      return flat.mv(b).view(Arrays.copyOf(sizes, sizes.length - 1));
    }
    Tensor r = flat.mm(b);
    sizes[sizes.length - 1] = b.size(1);
    return unsafeView(r, sizes);
  }

  private static Tensor batched(Tensor a, Tensor b) {
    long n = a.size(-2);
    long k = a.size(-1);
    long m = b.size(-1);
    if (b.size(-2) != k) {
      throw new ShapeException(
          "[matmul] mat1 and mat2 shapes cannot be multiplied: the last dimension of %s must match the second to last of %s"
              .formatted(a.shape(), b.shape()));
    }
    long[] batch = Broadcasting.of("matmul", lead(a), lead(b)).toArray();
    long count = Shape.of(batch).numel();
    Tensor left = a.expand(join(batch, n, k)).reshape(count, n, k);
    Tensor right = b.expand(join(batch, k, m)).reshape(count, k, m);
    return unsafeView(left.bmm(right), join(batch, n, m));
  }

  private static Shape lead(Tensor t) {
    return Shape.of(Arrays.copyOf(t.shape().toArray(), t.dim() - 2));
  }

  private static long[] join(long[] batch, long rows, long columns) {
    long[] all = Arrays.copyOf(batch, batch.length + 2);
    all[batch.length] = rows;
    all[batch.length + 1] = columns;
    return all;
  }

  private static Tensor unsafeView(Tensor fresh, long... sizes) {
    return Views.unsafeView(fresh, Shape.of(sizes));
  }

  static void checkSame(String name, Tensor a, Tensor b) {
    Call.device(name, new Tensor[] {a, b});
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "[%s] expected m1 and m2 to have the same dtype, but got: %s != %s; convert one of them."
              .formatted(name, a.dtype(), b.dtype()));
    }
    if (a.dtype() == DType.BOOL) {
      throw new DTypeException(
          "[%s] not implemented for dtype bool; convert the operands first".formatted(name));
    }
  }
}
