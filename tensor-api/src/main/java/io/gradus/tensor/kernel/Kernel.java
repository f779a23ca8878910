package io.gradus.tensor.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work for a device. A backend is an exhaustive {@code switch} over this type.
 *
 * <p>All operands are memory of one device; a kernel of others cannot be made. Unless said
 * otherwise all operands have the same shape (stride 0 repeats), outputs do not overlap themselves,
 * and an output either does not overlap an input or has the same layout. Inputs are widened to the
 * compute type of their dtype, results are rounded or wrapped to the dtype of the output. Arrays in
 * these records are not copied and not to be changed.
 */
public sealed interface Kernel {
  /**
   * Evaluates a program at every coordinate.
   *
   * @param program one expression an output
   * @param in one operand a program input
   * @param out one operand a program output; may be inputs too (in place)
   * @param params see {@link Params}
   */
  record Elementwise(Program program, Operand[] in, Operand[] out, long[] params)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Elementwise {
      OneDevice.check("elementwise", in, out);
    }
  }

  /**
   * Evaluates the only output of a program at every coordinate and reduces it over some axes.
   *
   * @param in operands of the prologue, all of the full shape
   * @param axes a flag an axis of that shape; a 0-dim shape has none
   * @param out the full shape with 1 at the reduced axes
   */
  record Reduce(
      ReduceOp op, Program prologue, Operand[] in, boolean[] axes, Operand out, long[] params)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Reduce {
      OneDevice.check("reduce", in, out);
    }
  }

  /**
   * A chain of reductions over the same axes, then maps: softmax, variance, norms and their
   * gradients in one trip through memory.
   *
   * <p>{@code reductions.get(i)} reduces the {@code i}-th output of {@code program}, which may
   * refer to {@link Expr.Reduced} stages before {@code i}. The remaining outputs of the program may
   * refer to all stages.
   *
   * @param program first one output a reduction, then one an output operand
   * @param out of the full shape, or with 1 at the reduced axes: then its expression must not
   *     depend on the coordinate along those axes other than through operands that repeat there
   */
  record Rows(
      List<ReduceOp> reductions,
      Program program,
      Operand[] in,
      boolean[] axes,
      Operand[] out,
      long[] params)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Rows {
      OneDevice.check("rows", in, out);
    }
  }

  /**
   * A running reduction along an axis.
   *
   * @param indices I64 positions along the axis, for MAX and MIN only
   */
  record Scan(ScanOp op, Operand in, int axis, Operand out, @Nullable Operand indices)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Scan {
      OneDevice.check("scan", new Operand[] {in, out}, indices);
    }
  }

  /**
   * Sorts along an axis, always stable; NaN is larger than everything, -0 equals +0.
   *
   * @param values sorted elements or null; its size along the axis may be smaller than that of the
   *     input: the first so many (top-k)
   * @param indices their I64 positions or null, of the same shape as values
   */
  record Sort(
      Operand in, int axis, boolean descending, @Nullable Operand values, @Nullable Operand indices)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Sort {
      OneDevice.check("sort", new Operand[] {in}, values, indices);
    }
  }

  /**
   * Matrix products: {@code out = epilogue(alpha * (a x b) + beta * out)}.
   *
   * <p>All have the same rank of at least 2; the leading axes are a batch of equal sizes, the last
   * two are [m, k], [k, n] and [m, n]. Any strides. All operands have one dtype; products are
   * accumulated in its compute type or better. With {@code beta} 0 the output is not read.
   *
   * @param epilogue applied to each result: input 0 is the product in the compute type, further
   *     inputs are {@code operands} of the shape of {@code out}; null for none
   */
  record Contract(
      Operand a,
      Operand b,
      Operand out,
      double alpha,
      double beta,
      @Nullable Program epilogue,
      Operand[] operands,
      long[] params)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Contract {
      OneDevice.check("contract", operands, a, b, out);
    }
  }

  /**
   * {@code out[i, j, k] = in[i, index[i, j, k], k]} for axis 1, and so on.
   *
   * <p>{@code out} and {@code index} have the same shape, which equals that of {@code in} but for
   * {@code axis}. Where {@code index} has stride 0 along an axis, whole rows are meant. Indices are
   * I64 or I32. The device checks each against {@code [0, size)} and throws a {@link
   * io.gradus.tensor.error.TensorIndexException} before it writes anything; asynchronous devices
   * report it at the next synchronisation.
   */
  record Gather(Operand in, Operand index, int axis, Operand out) implements Kernel {
    /** Checks that all memory is of one device. */
    public Gather {
      OneDevice.check("gather", in, index, out);
    }
  }

  /**
   * {@code out[i, index[i, j, k], k] (mode) = source[i, j, k]} for axis 1, and so on.
   *
   * <p>Shapes and checks as in {@link Gather} with {@code source} in the place of {@code out}.
   * Sources are combined in row-major order, so that floating results are reproducible.
   */
  record Scatter(ScatterMode mode, Operand out, Operand index, int axis, Operand source)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Scatter {
      OneDevice.check("scatter", out, index, source);
    }
  }

  /**
   * Convolution (cross-correlation) of any number of spatial axes; closed under its own gradients.
   *
   * <p>{@code out[n, o, y] = bias[o] + sum over c, u of in[n, c, y * stride + u * dilation -
   * padding] * weight[o, c, u]}, where the input has {@code inputDilation - 1} zeros between its
   * elements. {@code in} is [batch, channels, spatial…], {@code weight} [outputs, channels /
   * groups, window…], {@code out} [batch, outputs, spatial…]. Optional, with a bias or without: see
   * {@link io.gradus.tensor.backend.Device#supports}.
   *
   * @param bias [outputs], of the dtype of {@code out}; null for zeros
   * @param padding zeros before the first element of each spatial axis; how many come after follows
   *     from the shape of {@code out}
   */
  record Convolve(
      Operand in,
      Operand weight,
      @Nullable Operand bias,
      Operand out,
      int[] stride,
      int[] padding,
      int[] dilation,
      int[] inputDilation,
      int groups)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Convolve {
      OneDevice.check("convolve", new Operand[] {in, weight, out}, bias);
    }
  }

  /**
   * The largest element of each window and where it is; optional.
   *
   * <p>{@code values[n, c, y]} is the largest {@code in[n, c, y * stride + u * dilation - padding]}
   * over the u of the window that lie inside; NaN is larger than everything. Of equals the first is
   * taken, and of several NaNs the last, as PyTorch does. {@code in} is [batch, channels,
   * spatial…]; each window has an element inside.
   *
   * @param values [batch, channels, spatial…]
   * @param indices I64, of the same shape: the row-major position among the spatial axes of {@code
   *     in}
   */
  record MaxPool(
      Operand in,
      Operand values,
      Operand indices,
      int[] window,
      int[] stride,
      int[] padding,
      int[] dilation)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public MaxPool {
      OneDevice.check("max_pool", in, values, indices);
    }
  }

  /**
   * A matrix decomposition of each matrix of a batch; optional.
   *
   * @param outputs by kind: CHOLESKY (lower factor); QR (q, r); LU (lu, I32 pivots); EIGH (values,
   *     vectors); SVD (u, s, v transposed)
   */
  record Factor(Kind kind, Operand in, Operand[] outputs) implements Kernel {
    /** Checks that all memory is of one device. */
    public Factor {
      OneDevice.check("factor", outputs, in);
    }

    /** Which decomposition. */
    public enum Kind {
      /** a = l lᵀ. */
      CHOLESKY,
      /** a = q r, reduced. */
      QR,
      /** p a = l u with partial pivoting. */
      LU,
      /** a = v diag(w) vᵀ, w ascending. */
      EIGH,
      /** a = u diag(s) vᵀ, s descending, reduced. */
      SVD
    }
  }

  /**
   * The discrete Fourier transform of every line along one axis, times a number; optional.
   *
   * <p>{@code out[k] = scale * sum over j of in[j] * exp(-2 pi i j k / n)}, with the other sign if
   * inverse. Complex numbers are pairs (real, imaginary) along a last axis of size 2, which comes
   * after all axes of a real operand. All operands are F32 or all are F64; the length n is
   * positive.
   *
   * @param axis of the real operand, or of the complex one not counting the pairs
   * @param inverse uses the positive exponent
   */
  record Fft(Operand in, int axis, Form form, boolean inverse, double scale, Operand out)
      implements Kernel {
    /** Checks that all memory is of one device. */
    public Fft {
      OneDevice.check("fft", in, out);
    }

    /** What is real. */
    public enum Form {
      /** Nothing: n pairs become n pairs. */
      COMPLEX,
      /** The input: n numbers become the first n/2+1 pairs; the others mirror them. */
      REAL_TO_HALF,
      /**
       * The output: n/2+1 pairs become n numbers. The pairs that are not there are the conjugates
       * of those that mirror them; the imaginary part of the first pair, and for even n of the last
       * one, counts as 0.
       */
      HALF_TO_REAL
    }

    /** The length n. */
    public int length() {
      Operand whole =
          switch (form) {
            case COMPLEX, REAL_TO_HALF -> in;
            case HALF_TO_REAL -> out;
          };
      return (int) whole.layout().size(axis);
    }
  }

  /** The operands that a kernel writes. */
  default Operand[] outputs() {
    return switch (this) {
      case Elementwise k -> k.out;
      case Reduce k -> new Operand[] {k.out};
      case Rows k -> k.out;
      case Scan k -> k.indices == null ? new Operand[] {k.out} : new Operand[] {k.out, k.indices};
      case Sort k ->
          k.values == null
              ? k.indices == null ? new Operand[0] : new Operand[] {k.indices}
              : k.indices == null ? new Operand[] {k.values} : new Operand[] {k.values, k.indices};
      case Contract k -> new Operand[] {k.out};
      case Gather k -> new Operand[] {k.out};
      case Scatter k -> new Operand[] {k.out};
      case Convolve k -> new Operand[] {k.out};
      case MaxPool k -> new Operand[] {k.values, k.indices};
      case Factor k -> k.outputs;
      case Fft k -> new Operand[] {k.out};
    };
  }
}
