package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.kernel.ScanOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Random positions. */
public final class Choices {
  private static final Program BELOW =
      Program.of(
          List.of(ComputeType.F64, ComputeType.F64),
          Expr.cast(
              DType.I64,
              Expr.of(
                  ScalarOp.LE, Expr.input(0, ComputeType.F64), Expr.input(1, ComputeType.F64))));

  private Choices() {}

  /** The numbers from 0 to n - 1, sorted by random keys. */
  public static Tensor permutation(long n, Options options) {
    DType dtype = Creation.dtype("randperm", options, DType.I64);
    Shape shape = Shape.of(n);
    Tensor keys =
        RandomDraws.whole(
            "randperm",
            0,
            Long.MAX_VALUE,
            Layout.of(shape),
            options.withDtype(DType.I64).requiresGrad(false));
    Operand order = sorted(keys, false, n);
    return Creation.finish(Internals.fresh(order).to(dtype), options);
  }

  /** The positions along the last axis of the first so many, in order. */
  private static Operand sorted(Tensor keys, boolean descending, long count) {
    Device device = keys.device();
    int axis = keys.dim() - 1;
    Operand out = Allocation.of(device, DType.I64, keys.shape().with(axis, count));
    device.run(new Kernel.Sort(Internals.operand(keys), axis, descending, null, out));
    return out;
  }

  /** See {@link Tensor#multinomial}. */
  public static Tensor multinomial(
      Tensor weights, int samples, boolean replacement, @Nullable Generator generator) {
    check(weights, samples, replacement);
    Tensor w = weights.detach().to(DType.F64).contiguous();
    return replacement ? independent(w, samples, generator) : distinct(w, samples, generator);
  }

  private static void check(Tensor weights, int samples, boolean replacement) {
    if (weights.dim() != 1 && weights.dim() != 2) {
      throw new ShapeException(
          "[multinomial] prob_dist must be 1 or 2 dim: shape "
              + weights.shape()
              + "; give weights, or a row of them for each distribution");
    }
    if (!weights.dtype().isFloating()) {
      throw RandomDraws.notFloating("multinomial", weights.dtype());
    }
    if (samples <= 0) {
      throw new InvalidArgumentException(
          "[multinomial] cannot sample n_sample <= 0 samples: "
              + samples
              + "; ask for at least one");
    }
    if (!replacement && samples > weights.size(-1)) {
      throw new InvalidArgumentException(
          "[multinomial] cannot sample n_sample > prob_dist.size(-1) samples without replacement: %d of %d; ask for fewer, or draw with replacement"
              .formatted(samples, weights.size(-1)));
    }
    Tensor w = weights.detach();
    if (w.ge(0).logicalAnd(w.isfinite()).logicalNot().any().item().longValue() != 0) {
      throw new InvalidArgumentException(
          "[multinomial] probability tensor contains either `inf`, `nan` or element < 0: shape "
              + weights.shape()
              + "; weights are finite and at least 0");
    }
    Tensor none = w.sum(new int[] {-1}, false).le(0);
    if (none.any().item().longValue() != 0) {
      throw new InvalidArgumentException(
          "[multinomial] invalid multinomial distribution (sum of probabilities <= 0): shape "
              + weights.shape()
              + "; each row needs a weight above 0");
    }
  }

  /** The largest of weights divided by exponential numbers: each drawn in its turn. */
  private static Tensor distinct(Tensor w, int samples, @Nullable Generator generator) {
    Tensor race = Tensor.emptyLike(w).exponential_(1, generator);
    return Internals.fresh(sorted(w.div(race), true, samples));
  }

  /** How many of the running sums a number evenly below the total does not reach. */
  private static Tensor independent(Tensor w, int samples, @Nullable Generator generator) {
    int axis = w.dim() - 1;
    Device device = w.device();
    Operand sums = Allocation.of(device, DType.F64, w.shape());
    device.run(new Kernel.Scan(ScanOp.SUM, Internals.operand(w), axis, sums, null));
    Tensor running = Internals.fresh(sums);
    Tensor total = running.narrow(axis, w.size(axis) - 1, 1);
    long[] drawn = w.shape().with(axis, samples).toArray();
    Options options = new Options(DType.F64, device, false, generator);
    Tensor u = Tensor.rand(options, drawn).mul(total);
    Shape all = Shape.of(append(drawn, w.size(axis)));
    boolean[] last = new boolean[axis + 2];
    last[axis + 1] = true;
    Tensor[] in = {running.unsqueeze(axis), u.unsqueeze(axis + 1)};
    Tensor count = Primitives.reduce(ReduceOp.SUM, BELOW, in, all, last, DType.I64, Params.NONE);
    return Internals.fresh(Internals.operand(count).with(Layout.of(Shape.of(drawn))));
  }

  private static long[] append(long[] sizes, long size) {
    long[] all = Arrays.copyOf(sizes, sizes.length + 1);
    all[sizes.length] = size;
    return all;
  }
}
