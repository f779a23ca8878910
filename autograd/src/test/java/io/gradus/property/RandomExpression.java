package io.gradus.property;

import io.gradus.Tensor;
import io.gradus.tensor.layout.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A function of tensors made of differentiable operations.
 *
 * <p>Choices depend on the seed and on shapes, never on values, so that a perturbed input goes the
 * same way. Every operation is smooth on what it is given, and results stay small.
 */
final class RandomExpression {
  private final long seed;
  private final int steps;

  RandomExpression(long seed, int steps) {
    this.seed = seed;
    this.steps = steps;
  }

  /** The value: one number. */
  Tensor apply(List<Tensor> inputs) {
    Random random = new Random(seed);
    List<Tensor> pool = new ArrayList<>(inputs);
    for (int i = 0; i < steps; i++) {
      Tensor a = pool.get(random.nextInt(pool.size()));
      Tensor b = matching(a, pool.get(random.nextInt(pool.size())));
      Tensor r =
          switch (random.nextInt(5)) {
            case 0, 1 -> unary(random, a);
            case 2 -> binary(random, a, b);
            case 3 -> folded(random, a);
            default -> moved(random, a, b);
          };
      if (r.numel() <= 40) {
        pool.add(r);
      }
    }
    Tensor total = pool.getLast().sin().sum();
    for (int i = inputs.size(); i < pool.size(); i++) {
      total = total.add(pool.get(i).mean().mul(0.5 + i));
    }
    return total;
  }

  /** {@code b} if it broadcasts with {@code a} to the shape of {@code a}, else its mean. */
  private static Tensor matching(Tensor a, Tensor b) {
    if (b.dim() <= a.dim()) {
      boolean fits = true;
      for (int d = 1; d <= b.dim(); d++) {
        fits &= b.size(-d) == 1 || b.size(-d) == a.size(-d);
      }
      if (fits) {
        return b;
      }
    }
    return b.mean();
  }

  private static Tensor unary(Random random, Tensor a) {
    return switch (random.nextInt(18)) {
      case 0 -> a.sin();
      case 1 -> a.cos().mul(a);
      case 2 -> a.tanh();
      case 3 -> a.sigmoid();
      case 4 -> a.tanh().exp();
      case 5 -> a.square().add(1).log();
      case 6 -> a.square().add(1).sqrt();
      case 7 -> a.square().add(0.5).reciprocal();
      case 8 -> a.erf();
      case 9 -> a.atan();
      case 10 -> a.gelu();
      case 11 -> a.silu();
      case 12 -> a.softplus();
      case 13 -> a.sinc();
      case 14 -> a.square().add(1).rsqrt();
      case 15 -> a.tanh().mul(0.5).asin();
      case 16 -> a.square().add(1).lgamma();
      default -> a.mul(0.25).add(0.125).pow(3);
    };
  }

  private static Tensor binary(Random random, Tensor a, Tensor b) {
    return switch (random.nextInt(10)) {
      case 0 -> a.add(b, 0.5);
      case 1 -> a.mul(b).tanh();
      case 2 -> a.sub(b);
      case 3 -> a.div(b.square().add(1));
      case 4 -> a.atan2(b.square().add(1));
      case 5 -> a.lerp(b.expandAs(a), 0.3);
      case 6 -> a.logaddexp(b);
      case 7 -> b.square().add(1).pow(a.tanh());
      case 8 -> a.addcmul(b, a, 0.25).sin();
      default -> a.square().add(1).hypot(b).log();
    };
  }

  private static Tensor folded(Random random, Tensor a) {
    if (a.dim() == 0) {
      return a.cos();
    }
    int d = random.nextInt(a.dim());
    boolean keep = random.nextBoolean();
    int[] dims = {d};
    return switch (random.nextInt(11)) {
      case 0 -> a.sum(dims, keep).mul(0.5);
      case 1 -> a.mean(dims, keep);
      case 2 -> a.logsumexp(dims, keep);
      case 3 -> a.softmax(d);
      case 4 -> a.logSoftmax(d).mul(0.1);
      case 5 -> a.cumsum(d).sin();
      case 6 -> a.tanh().add(2).mul(0.5).prod(d, keep).tanh();
      case 7 -> a.var(dims, 0, keep);
      case 8 -> a.square().add(1).norm(2, dims, keep);
      case 9 -> a.tanh().add(2).cumprod(d).log();
      default -> a.logcumsumexp(d);
    };
  }

  private static Tensor moved(Random random, Tensor a, Tensor b) {
    if (a.dim() == 0) {
      return a.expand(2).cos();
    }
    int d = random.nextInt(a.dim());
    int e = random.nextInt(a.dim());
    long n = a.size(d);
    return switch (random.nextInt(16)) {
      case 0 -> a.transpose(d, e);
      case 1 -> a.flip(d);
      case 2 -> a.roll(random.nextInt(-2, 3), d);
      case 3 -> a.select(d, random.nextLong(n));
      case 4 -> a.slice(d, new Slice(random.nextLong(n), null, 1 + random.nextInt(2)));
      case 5 -> Tensor.cat(List.of(a, a.tanh()), d);
      case 6 -> Tensor.stack(List.of(a, b.expandAs(a)), d);
      case 7 -> a.reshape(-1);
      case 8 -> a.unsqueeze(d).expand(grown(a, d)).sin();
      case 9 -> a.indexSelect(d, Tensor.tensor(random.nextLong(n), random.nextLong(n)));
      case 10 -> a.unfold(d, Math.min(2, n), 1);
      case 11 -> matrix(a).matmul(matrix(a).T()).tanh();
      case 12 -> written(random, a, b, d);
      case 13 -> a.movedim(d, e).contiguous();
      case 14 -> a.repeatInterleave(2, d);
      default -> a.chunk(2, d).getFirst();
    };
  }

  private static long[] grown(Tensor a, int d) {
    long[] shape = a.unsqueeze(d).shape().toArray();
    shape[d] = 2;
    return shape;
  }

  private static Tensor matrix(Tensor a) {
    return a.reshape(a.size(0), -1);
  }

  /** Writes in place, through a view, into a copy. */
  private static Tensor written(Random random, Tensor a, Tensor b, int d) {
    Tensor copy = a.clone();
    Tensor part = copy.select(d, random.nextLong(a.size(d)));
    switch (random.nextInt(4)) {
      case 0 -> part.mul_(0.5).add_(b.mean());
      case 1 -> copy.add_(b).sin_();
      case 2 -> part.copy_(b.mean());
      default -> copy.transpose(0, -1).mul_(b.mean());
    }
    return copy;
  }

  @Override
  public String toString() {
    return "expression " + Arrays.asList(seed, steps);
  }
}
