package io.gradus.fuzz;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tensors of arbitrary shapes, dtypes, strides and values.
 *
 * <p>Those of one call resemble each other: calls that are refused at once prove little.
 */
final class RandomTensors {
  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    0.0,
    1e38,
    -1e300,
    1e-300,
    Double.MIN_VALUE,
    1,
    -1,
    9.3e18,
    -2147483649.0
  };
  private static final long[] SPECIAL_WHOLE = {
    Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0, 1, 255, 256, -128
  };

  private final Random random;
  private final List<Tensor> bases = new ArrayList<>();
  private final List<Tensor> made = new ArrayList<>();
  final long[] theme;
  private final DType dtype;
  private final boolean grads;
  private final List<Device> devices;

  /**
   * Tensors on any of some devices.
   *
   * @param devices what takes part; the first of them with most
   */
  RandomTensors(Random random, List<Device> devices) {
    this.random = random;
    this.devices = devices;
    this.theme = shape();
    this.dtype = random.nextInt(3) > 0 ? floating() : anyDtype();
    this.grads = random.nextInt(3) == 0;
  }

  private DType anyDtype() {
    return DType.values()[random.nextInt(DType.values().length)];
  }

  private DType floating() {
    return random.nextInt(3) == 0 ? DType.F64 : DType.F32;
  }

  private long[] shape() {
    int rank = random.nextInt(6);
    long[] sizes = new long[rank];
    boolean empty = random.nextInt(12) == 0;
    for (int d = 0; d < rank; d++) {
      sizes[d] = random.nextInt(4) == 0 ? 1 : random.nextInt(1, rank > 3 ? 4 : 7);
    }
    if (rank > 0 && random.nextInt(3) == 0) {
      long same = random.nextInt(1, 5);
      java.util.Arrays.fill(sizes, same);
    }
    if (empty && rank > 0) {
      sizes[random.nextInt(rank)] = 0;
    }
    return sizes;
  }

  /** Like the others, often. */
  private long[] similar() {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3, 4 -> theme.clone();
      case 5 -> {
        long[] ones = theme.clone();
        for (int d = 0; d < ones.length; d++) {
          ones[d] = random.nextBoolean() ? 1 : ones[d];
        }
        yield ones;
      }
      case 6 ->
          theme.length == 0
              ? theme.clone()
              : java.util.Arrays.copyOfRange(theme, random.nextInt(theme.length), theme.length);
      case 7 ->
          theme.length == 0 ? new long[] {} : new long[] {theme[random.nextInt(theme.length)]};
      case 8 -> {
        long[] turned = theme.clone();
        if (turned.length > 1) {
          turned[turned.length - 1] = theme[theme.length - 2];
          turned[turned.length - 2] = theme[theme.length - 1];
        }
        yield turned;
      }
      default -> shape();
    };
  }

  /** What lies under all tensors made so far. */
  List<Tensor> bases() {
    return bases;
  }

  List<Tensor> made() {
    return made;
  }

  Tensor next() {
    if (!made.isEmpty() && random.nextInt(15) == 0) {
      return made.get(random.nextInt(made.size()));
    }
    DType type = random.nextInt(4) > 0 ? dtype : random.nextInt(3) == 0 ? DType.I64 : anyDtype();
    return of(similar(), type);
  }

  /** One of whole numbers that are mostly small. */
  Tensor positions() {
    return of(similar(), DType.I64);
  }

  private Tensor of(long[] shape, DType type) {
    Tensor t;
    try (GradMode.Scope off = GradMode.noGrad()) {
      t = strided(shape, type);
    }
    if (grads && type.isFloating() && random.nextInt(3) > 0) {
      // A leaf, or with one step of history.
      t = t.detach().requiresGrad_();
      if (random.nextInt(3) == 0) {
        t = t.mul(1);
        bases.add(t.detach());
      }
    }
    made.add(t);
    return t;
  }

  private Tensor strided(long[] shape, DType type) {
    int rank = shape.length;
    switch (random.nextInt(6)) {
      case 0 -> {
        if (rank > 1) {
          int a = random.nextInt(rank);
          int b = random.nextInt(rank);
          long[] turned = shape.clone();
          turned[a] = shape[b];
          turned[b] = shape[a];
          return base(turned, type).transpose(a, b);
        }
      }
      case 1 -> {
        long[] wider = shape.clone();
        Tensor t;
        if (rank > 0) {
          int d = random.nextInt(rank);
          wider[d] = shape[d] * 2 + 1;
          t = base(wider, type);
          return t.slice(d, new io.gradus.tensor.layout.Slice(1L, null, 2));
        }
      }
      case 2 -> {
        if (rank > 0) {
          long[] thin = shape.clone();
          int d = random.nextInt(rank);
          if (shape[d] > 0) {
            thin[d] = 1;
            return base(thin, type).expand(shape);
          }
        }
      }
      default -> {}
    }
    return base(shape, type);
  }

  private Tensor base(long[] shape, DType type) {
    int n = 1;
    for (long size : shape) {
      n *= (int) size;
    }
    Tensor t;
    int style = random.nextInt(5);
    if (type.isFloating()) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] =
            switch (style) {
              case 0 ->
                  random.nextBoolean()
                      ? SPECIAL[random.nextInt(SPECIAL.length)]
                      : random.nextGaussian();
              case 1 -> random.nextDouble();
              case 2 -> random.nextInt(-2, 3);
              default -> random.nextGaussian() * 3;
            };
      }
      t = Tensor.tensor(values).to(type);
    } else {
      long[] values = new long[n];
      for (int i = 0; i < n; i++) {
        values[i] =
            style == 0
                ? random.nextBoolean()
                    ? SPECIAL_WHOLE[random.nextInt(SPECIAL_WHOLE.length)]
                    : random.nextLong()
                : style < 3 ? random.nextInt(0, 4) : random.nextInt(-6, 7);
      }
      t = Tensor.tensor(values).to(type);
    }
    Tensor flat = Tensor.empty(Options.dtype(type).withDevice(device()), n).copy_(t);
    bases.add(flat);
    return flat.view(shape);
  }

  /** Where most of them are. */
  Device home() {
    return devices.get(0);
  }

  private Device device() {
    return devices.size() == 1 || random.nextInt(3) > 0
        ? devices.get(0)
        : devices.get(random.nextInt(1, devices.size()));
  }
}
