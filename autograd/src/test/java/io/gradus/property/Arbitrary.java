package io.gradus.property;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Slice;
import java.util.Random;

/** Arbitrary shapes, and tensors with arbitrary strides. */
final class Arbitrary {
  private Arbitrary() {}

  /** Sizes from 1 to 4, rarely 0. */
  static long[] shape(Random random, int maxRank) {
    long[] sizes = new long[random.nextInt(maxRank + 1)];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = random.nextInt(25) == 0 ? 0 : random.nextInt(1, 5);
    }
    return sizes;
  }

  /** A shape that broadcasts to {@code to}. */
  static long[] below(Random random, long[] to) {
    int drop = random.nextInt(3) == 0 ? random.nextInt(to.length + 1) : 0;
    long[] sizes = java.util.Arrays.copyOfRange(to, drop, to.length);
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = random.nextInt(3) == 0 ? 1 : sizes[d];
    }
    return sizes;
  }

  static long numel(long[] shape) {
    long n = 1;
    for (long size : shape) {
      n *= size;
    }
    return n;
  }

  /** Small numbers; those of floating dtypes are no whole ones. */
  static Tensor tensor(Random random, DType dtype, long... shape) {
    return switch (random.nextInt(4)) {
      case 0 -> turned(random, dtype, shape);
      case 1 -> every2nd(random, dtype, shape);
      default -> dense(random, dtype, shape);
    };
  }

  static Tensor dense(Random random, DType dtype, long... shape) {
    int n = (int) numel(shape);
    if (dtype.isFloating()) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = random.nextGaussian();
      }
      return Tensor.tensor(values).to(dtype).view(shape);
    }
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(-9, 10);
    }
    return Tensor.tensor(values).to(dtype).view(shape);
  }

  private static Tensor turned(Random random, DType dtype, long... shape) {
    if (shape.length < 2) {
      return dense(random, dtype, shape);
    }
    int a = random.nextInt(shape.length);
    int b = random.nextInt(shape.length);
    long[] other = shape.clone();
    other[a] = shape[b];
    other[b] = shape[a];
    return dense(random, dtype, other).transpose(a, b);
  }

  private static Tensor every2nd(Random random, DType dtype, long... shape) {
    if (shape.length == 0) {
      return dense(random, dtype, shape);
    }
    int d = random.nextInt(shape.length);
    long[] wider = shape.clone();
    wider[d] = shape[d] * 2 + 1;
    return dense(random, dtype, wider).slice(d, new Slice(1L, null, 2));
  }
}
