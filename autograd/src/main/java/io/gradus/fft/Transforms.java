package io.gradus.fft;

import io.gradus.FftOptions;
import io.gradus.Tensor;
import io.gradus.exec.Reductions;
import io.gradus.op.TypeNames;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.layout.Shape;

/** Transforms along any number of dimensions, as {@link io.gradus.Fft} describes them. */
public final class Transforms {
  /** How many dimensions a function takes. */
  public enum Reach {
    /** One, by default the last. */
    ONE {
      @Override
      Extent extent(String name, Shape signal, FftOptions o, boolean halfGiven) {
        return Extent.one(name, signal, o, halfGiven);
      }
    },
    /** By default the last two. */
    TWO {
      @Override
      Extent extent(String name, Shape signal, FftOptions o, boolean halfGiven) {
        return Extent.two(name, signal, o, halfGiven);
      }
    },
    /** By default all. */
    ALL {
      @Override
      Extent extent(String name, Shape signal, FftOptions o, boolean halfGiven) {
        return Extent.several(name, signal, o, halfGiven);
      }
    };

    abstract Extent extent(String name, Shape signal, FftOptions o, boolean halfGiven);
  }

  private Transforms() {}

  /** From pairs to pairs. */
  public static Tensor complex(
      String name, Tensor input, FftOptions o, Reach reach, boolean inverse) {
    Tensor x = pairs(name, input);
    Extent e = reach.extent(name, signal(x), o, false);
    return e.dims().length == 0 ? x.clone() : complex(x, e, inverse, e.scale(o.norm(), !inverse));
  }

  /** Zeros and cuts first, so that a transform of one dimension sees those of the others. */
  private static Tensor complex(Tensor input, Extent e, boolean inverse, double scale) {
    Tensor x = input;
    for (int i = 0; i < e.dims().length; i++) {
      x = Lines.resized(x, e.dims()[i], e.points()[i]);
    }
    int last = e.dims().length - 1;
    for (int i = last; i >= 0; i--) {
      x = Lines.complex(x, e.dims()[i], inverse, i == last ? scale : 1);
    }
    return x;
  }

  /** From real numbers to the half of the pairs that says all. */
  public static Tensor realToHalf(
      String name, Tensor input, FftOptions o, Reach reach, boolean inverse) {
    Tensor x = floating(name, input);
    Extent e = reach.extent(name, x.shape(), o, false).atLeastOne(name);
    for (int i = 0; i < e.dims().length; i++) {
      x = Lines.resized(x, e.dims()[i], e.points()[i]);
    }
    double scale = e.scale(o.norm(), !inverse);
    Tensor half = Lines.realToHalf(x, e.lastDim(), inverse, scale);
    return e.dims().length == 1 ? half : complex(half, e.butLast(), inverse, 1);
  }

  /** From half of the pairs to real numbers. */
  public static Tensor halfToReal(
      String name, Tensor input, FftOptions o, Reach reach, boolean inverse) {
    Tensor x = pairs(name, input);
    Extent e = reach.extent(name, signal(x), o, true).atLeastOne(name);
    x = Lines.resized(x, e.lastDim(), e.lastPoints() / 2 + 1);
    if (e.dims().length > 1) {
      x = complex(x, e.butLast(), inverse, 1);
    }
    return Lines.halfToReal(x, e.lastDim(), e.lastPoints(), inverse, e.scale(o.norm(), !inverse));
  }

  private static Tensor pairs(String name, Tensor t) {
    Pairs.check(name, t);
    return floating(name, t);
  }

  /** The shape of what pairs stand for. */
  private static Shape signal(Tensor pairs) {
    boolean[] last = new boolean[pairs.dim()];
    last[last.length - 1] = true;
    return pairs.shape().without(last);
  }

  /** Whole numbers in the default dtype; refuses halves as PyTorch does on the CPU. */
  static Tensor floating(String name, Tensor t) {
    Tensor x = Reductions.floating(t);
    if (x.dtype() != DType.F32 && x.dtype() != DType.F64) {
      throw new DTypeException(
          "[%s] Unsupported dtype %s; transforms take f32 and f64: use to(f32)"
              .formatted(name, TypeNames.of(x.dtype())));
    }
    return x;
  }
}
