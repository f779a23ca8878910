package io.gradus.fusion;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random operations on a pool of tensors: pointwise, reductions, views, writes in place, backward.
 *
 * <p>The same seed makes the same choices, whatever the values are.
 */
final class RandomProgram {
  private static final DType[] DTYPES = {
    DType.F32, DType.F32, DType.F64, DType.F16, DType.BF16, DType.I32, DType.I64, DType.U8
  };

  private final Random random;
  private final List<Tensor> pool = new ArrayList<>();
  private final List<Tensor> leaves = new ArrayList<>();
  private final List<String> results = new ArrayList<>();

  private RandomProgram(long seed) {
    this.random = new Random(seed);
  }

  /** The bits of everything that a program computed, and the errors on the way. */
  static List<String> run(long seed, int steps) {
    RandomProgram p = new RandomProgram(seed);
    p.leaves();
    for (int i = 0; i < steps; i++) {
      p.attempt();
    }
    p.attemptBackward();
    for (Tensor t : p.pool) {
      p.results.add(text(t));
    }
    for (Tensor t : p.leaves) {
      Tensor g = t.grad();
      p.results.add(g == null ? "none" : text(g));
    }
    return p.results;
  }

  private static String text(Tensor t) {
    // Doubles print all their bits; narrower types widen exactly.
    Tensor wide = t.detach().to(t.dtype().isFloating() ? DType.F64 : DType.I64);
    return t.dtype()
        + " "
        + t.shape()
        + java.util.Arrays.toString(t.stride())
        + (t.dtype().isFloating()
            ? java.util.Arrays.toString(wide.doubleArray())
            : java.util.Arrays.toString(wide.longArray()));
  }

  private void leaves() {
    long[][] shapes = {{3, 5}, {3, 5}, {1, 5}, {3, 1}, {}, {5}};
    for (long[] shape : shapes) {
      DType dtype = DTYPES[random.nextInt(DTYPES.length)];
      double[] values = new double[(int) Tensor.zeros(shape).numel()];
      for (int i = 0; i < values.length; i++) {
        values[i] = dtype.isFloating() ? random.nextGaussian() * 2 : random.nextInt(20);
      }
      Tensor t = Tensor.tensor(values).reshape(shape).to(dtype).clone();
      if (dtype.isFloating() && random.nextInt(3) > 0) {
        t = t.detach().requiresGrad_();
        leaves.add(t);
      }
      pool.add(t);
    }
  }

  private Tensor any() {
    return pool.get(random.nextInt(pool.size()));
  }

  private void attempt() {
    Tensor a = any();
    Tensor b = any();
    int which = random.nextInt(34);
    double number = random.nextInt(1, 9) / 4.0;
    try {
      pool.add(apply(which, a, b, number));
    } catch (TensorException e) {
      results.add(String.valueOf(e.getMessage()));
    }
    while (pool.size() > 14) {
      pool.remove(random.nextInt(6, pool.size()));
    }
  }

  private Tensor apply(int which, Tensor a, Tensor b, double number) {
    return switch (which) {
      case 0, 1, 2 -> a.add(b);
      case 3, 4 -> a.mul(b);
      case 5 -> a.sub(b);
      case 6 -> a.mul(number);
      case 7 -> a.add(number);
      case 8 -> a.tanh();
      case 9 -> a.abs().sqrt();
      case 10 -> a.sigmoid().mul(a);
      case 11 -> a.gt(b);
      case 12 -> Tensor.where(a.gt(number), a, b);
      case 13 -> a.neg();
      case 14 -> a.clamp(-number, number);
      case 15 -> a.maximum(b);
      case 16 -> a.to(DTYPES[(int) (number * 4) % DTYPES.length]);
      case 17 -> a.sum();
      case 18 -> a.mul(b).sum(0);
      case 19 -> a.dim() > 1 ? a.mean(new int[] {1}, true) : a;
      case 20 -> a.dim() > 1 ? a.transpose(0, 1).contiguous().transpose(0, 1) : a;
      case 21 -> a.dim() > 1 ? a.select(0, 1) : a;
      case 22 -> a.detach();
      case 23 -> a.reshape(-1);
      case 24 -> a.add_(b);
      case 25 -> a.mul_(number);
      case 26 -> a.dim() > 1 ? a.narrow(1, 1, 2).mul_(number) : a;
      case 27 -> a.copy_(b);
      case 28 -> {
        try (GradMode.Scope off = GradMode.noGrad()) {
          yield a.sub_(a.mul(0.125));
        }
      }
      case 29 -> a.div(b);
      case 30 -> a.lerp(b, number);
      case 31 -> a.exp().log1p();
      case 32 -> a.data().add_(number);
      default -> a.pow(2);
    };
  }

  private void attemptBackward() {
    for (int i = pool.size() - 1; i >= 0; i--) {
      Tensor t = pool.get(i);
      if (!t.requiresGrad()) {
        continue;
      }
      try {
        t.mul(t).sum().backward(true);
      } catch (TensorException e) {
        results.add(String.valueOf(e.getMessage()));
      }
    }
  }
}
