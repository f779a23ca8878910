package io.gradus;

import io.gradus.exec.Reductions;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Reductions and normalisations that leave out masked elements (PyTorch's {@code torch.masked}).
 *
 * <p>A mask is bool, broadcasts to the input, and is true where an element counts; null counts all.
 * What is left out becomes the neutral element of the reduction. No dimensions mean all of them.
 */
public final class Masked {
  private Masked() {}

  /** The input with a number in place of what is left out. */
  private static Tensor fill(Tensor input, @Nullable Tensor mask, Number neutral) {
    return mask == null ? input : Tensor.where(mask, input, neutral);
  }

  /** The sum. */
  public static Tensor sum(Tensor input, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    return fill(input, mask, 0L).sum(dims, keepdim);
  }

  /** The product. */
  public static Tensor prod(Tensor input, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    Tensor r = fill(input, mask, 1L);
    if (input.dim() == 0) {
      axes(input.reshape(1), dims);
      return r.prod(0, keepdim);
    }
    boolean[] over = axes(input, dims);
    for (int d = over.length - 1; d >= 0; d--) {
      if (over[d]) {
        r = r.prod(d, keepdim);
      }
    }
    return r;
  }

  private static boolean[] axes(Tensor input, int[] dims) {
    boolean[] over = new boolean[input.dim()];
    for (int d = 0; d < over.length; d++) {
      over[d] = dims.length == 0;
    }
    for (int d : dims) {
      over[Shape.wrapDim(d, over.length)] = true;
    }
    return over;
  }

  /** The largest element; the least number of the dtype where none counts. */
  public static Tensor amax(Tensor input, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    return fill(input, mask, least(input.dtype())).amax(dims, keepdim);
  }

  /** The smallest element; the largest number of the dtype where none counts. */
  public static Tensor amin(Tensor input, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    return fill(input, mask, most(input.dtype())).amin(dims, keepdim);
  }

  private static Number least(DType dtype) {
    return switch (dtype) {
      case F16, BF16, F32, F64 -> Double.NEGATIVE_INFINITY;
      case I64 -> Long.MIN_VALUE;
      case I32 -> (long) Integer.MIN_VALUE;
      case I16 -> (long) Short.MIN_VALUE;
      case I8 -> (long) Byte.MIN_VALUE;
      case U8, BOOL -> 0L;
    };
  }

  private static Number most(DType dtype) {
    return switch (dtype) {
      case F16, BF16, F32, F64 -> Double.POSITIVE_INFINITY;
      case I64 -> Long.MAX_VALUE;
      case I32 -> (long) Integer.MAX_VALUE;
      case I16 -> (long) Short.MAX_VALUE;
      case I8 -> (long) Byte.MAX_VALUE;
      case U8 -> 255L;
      case BOOL -> 1L;
    };
  }

  /** The position of the largest element along a dimension, in the dtype of the input. */
  public static Tensor argmax(Tensor input, @Nullable Tensor mask, int dim, boolean keepdim) {
    return fill(input, mask, least(input.dtype())).argmax(dim, keepdim).to(input.dtype());
  }

  /** The position of the largest of all elements, in the dtype of the input. */
  public static Tensor argmax(Tensor input, @Nullable Tensor mask) {
    return fill(input, mask, least(input.dtype())).argmax().to(input.dtype());
  }

  /** The position of the smallest element along a dimension, in the dtype of the input. */
  public static Tensor argmin(Tensor input, @Nullable Tensor mask, int dim, boolean keepdim) {
    return fill(input, mask, most(input.dtype())).argmin(dim, keepdim).to(input.dtype());
  }

  /** The position of the smallest of all elements, in the dtype of the input. */
  public static Tensor argmin(Tensor input, @Nullable Tensor mask) {
    return fill(input, mask, most(input.dtype())).argmin().to(input.dtype());
  }

  /** How many elements count, in the dtype of the input. */
  private static Tensor count(Tensor input, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    return fill(Tensor.onesLike(input.detach()), mask, 0L).sum(dims, keepdim);
  }

  /** The mean; NaN where no element counts. */
  public static Tensor mean(Tensor input, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    Tensor x = Reductions.floating(input);
    return sum(x, mask, dims, keepdim).div(count(x, mask, dims, keepdim));
  }

  /** The lower median along a dimension; NaN where no element counts. */
  public static Tensor median(Tensor input, @Nullable Tensor mask, int dim, boolean keepdim) {
    return fill(input, mask, Double.NaN).nanmedian(dim, keepdim).values();
  }

  /** The logarithm of the sum of exponentials, in the dtype of the input. */
  public static Tensor logsumexp(Tensor input, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    return Reductions.floating(fill(input, mask, least(input.dtype())))
        .logsumexp(dims, keepdim)
        .to(input.dtype());
  }

  /** {@code log(exp(input) + exp(other))}, each with a mask of its own. */
  public static Tensor logaddexp(
      Tensor input, Tensor other, @Nullable Tensor inputMask, @Nullable Tensor otherMask) {
    return fill(input, inputMask, Double.NEGATIVE_INFINITY)
        .logaddexp(fill(other, otherMask, Double.NEGATIVE_INFINITY));
  }

  /** The length as a vector, see {@link Tensor#vectorNorm}. */
  public static Tensor norm(
      Tensor input, double ord, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    double neutral = ord == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : 0;
    return fill(input, mask, neutral).vectorNorm(ord, dims, keepdim);
  }

  /** The variance, divided by the number of elements that count minus a correction. */
  public static Tensor var(
      Tensor input, @Nullable Tensor mask, int[] dims, double correction, boolean keepdim) {
    Tensor x = Reductions.floating(input);
    Tensor n = count(x, mask, dims, true);
    Tensor centred = x.sub(sum(x, mask, dims, true).div(n));
    Tensor squares = sum(centred.mul(centred), mask, dims, keepdim);
    Tensor divisor = n.view(squares.shape().toArray()).sub(correction).clampMin(0);
    return squares.div(divisor);
  }

  /** The root of {@link #var}. */
  public static Tensor std(
      Tensor input, @Nullable Tensor mask, int[] dims, double correction, boolean keepdim) {
    return var(input, mask, dims, correction, keepdim).sqrt();
  }

  /** Sums from the beginning of a dimension on, in the dtype of the input. */
  public static Tensor cumsum(Tensor input, int dim, @Nullable Tensor mask) {
    return fill(input, mask, 0L).cumsum(dim).to(input.dtype());
  }

  /** Products from the beginning of a dimension on, in the dtype of the input. */
  public static Tensor cumprod(Tensor input, int dim, @Nullable Tensor mask) {
    return fill(input, mask, 1L).cumprod(dim).to(input.dtype());
  }

  /** Shares of the exponentials along a dimension; 0 for what is left out. */
  public static Tensor softmax(Tensor input, int dim, @Nullable Tensor mask) {
    return fill(input, mask, Double.NEGATIVE_INFINITY).softmax(dim);
  }

  /** The logarithm of {@link #softmax}. */
  public static Tensor logSoftmax(Tensor input, int dim, @Nullable Tensor mask) {
    return fill(input, mask, Double.NEGATIVE_INFINITY).logSoftmax(dim);
  }

  /** {@link #softmax} of the negated input. */
  public static Tensor softmin(Tensor input, int dim, @Nullable Tensor mask) {
    return fill(input, mask, Double.POSITIVE_INFINITY).softmin(dim);
  }

  /** The input divided by its norm along a dimension, or by {@code eps} if that is larger. */
  public static Tensor normalize(
      Tensor input, double ord, int dim, double eps, @Nullable Tensor mask) {
    Tensor length = norm(input, ord, mask, new int[] {dim}, true).clampMin(eps);
    return fill(input, mask, 0L).div(length);
  }
}
