package io.gradus.exec;

import static io.gradus.tensor.kernel.ScalarOp.ABS;
import static io.gradus.tensor.kernel.ScalarOp.ADD;
import static io.gradus.tensor.kernel.ScalarOp.EQ;
import static io.gradus.tensor.kernel.ScalarOp.EXP;
import static io.gradus.tensor.kernel.ScalarOp.LOG;
import static io.gradus.tensor.kernel.ScalarOp.MUL;
import static io.gradus.tensor.kernel.ScalarOp.SUB;

import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.RowFormulas;
import java.util.List;
import java.util.Map;

/** Softmax, its logarithm and its normaliser, each in one trip through memory. */
public final class Softmax {
  private static final boolean[] FULL = {false};
  private static final boolean[] KEPT = {true};

  private static final RowProgram SOFTMAX = RowProgram.of(FULL, RowFormulas::softmax);
  private static final RowProgram LOG_SOFTMAX = RowProgram.of(FULL, RowFormulas::logSoftmax);

  /**
   * Along the last dimension PyTorch keeps the sum and its logarithm in the dtype of the input,
   * also where that is half.
   */
  private static final Map<DType, RowProgram> LOG_SOFTMAX_OF_HALVES =
      Map.of(DType.F16, halfLogSoftmax(DType.F16), DType.BF16, halfLogSoftmax(DType.BF16));

  private static RowProgram halfLogSoftmax(DType half) {
    return RowProgram.of(
        1,
        List.of(ReduceOp.MAX, ReduceOp.SUM),
        FULL,
        t -> {
          Expr x = Expr.input(0, t);
          Expr d = Expr.of(SUB, x, Expr.reduced(0, t));
          // Halves compute in f32; the program for f64 is never run.
          boolean rounds = t == half.compute();
          Expr sum = Expr.reduced(1, t);
          Expr log = Expr.of(LOG, rounds ? Expr.cast(half, sum) : sum);
          log = rounds ? Expr.cast(half, log) : log;
          return List.of(x, Expr.of(EXP, d), Expr.of(SUB, d, log));
        });
  }

  /** y (g - sum(g y)). */
  private static final RowProgram SOFTMAX_GRADIENT =
      RowProgram.of(
          2,
          List.of(ReduceOp.SUM),
          FULL,
          t -> {
            Expr g = Expr.input(0, t);
            Expr y = Expr.input(1, t);
            return List.of(
                Expr.of(MUL, g, y), Expr.of(MUL, y, Expr.of(SUB, g, Expr.reduced(0, t))));
          });

  /** g - exp(y) sum(g). */
  private static final RowProgram LOG_SOFTMAX_GRADIENT =
      RowProgram.of(
          2,
          List.of(ReduceOp.SUM),
          FULL,
          t -> {
            Expr g = Expr.input(0, t);
            Expr y = Expr.input(1, t);
            return List.of(g, Expr.of(SUB, g, Expr.of(MUL, Expr.of(EXP, y), Expr.reduced(0, t))));
          });

  private static final RowProgram LOG_SUM_EXP =
      RowProgram.of(
          1,
          List.of(ReduceOp.MAX, ReduceOp.SUM),
          KEPT,
          t -> {
            Expr x = Expr.input(0, t);
            Expr max = finiteOrZero(Expr.reduced(0, t), t);
            Expr e = Expr.of(EXP, Expr.of(SUB, x, max));
            return List.of(x, e, Expr.of(ADD, Expr.of(LOG, Expr.reduced(1, t)), max));
          });

  private Softmax() {}

  /** Infinity minus itself would be NaN. */
  private static Expr finiteOrZero(Expr max, ComputeType t) {
    Expr infinite = Expr.of(EQ, Expr.of(ABS, max), Expr.constant(t, Double.POSITIVE_INFINITY));
    return Expr.where(infinite, Expr.constant(t, 0L), max);
  }

  private static boolean[] axis(Tensor t, int dim) {
    boolean[] axes = new boolean[t.dim()];
    int d = Axes.dim("softmax", t, dim);
    if (t.dim() > 0) {
      axes[d] = true;
    }
    return axes;
  }

  private static Tensor run(RowProgram p, boolean[] axes, Tensor... in) {
    return in[0].numel() == 0
        ? Executor.full(in[0].shape(), in[0].dtype(), in[0].device(), 0L)
        : p.run(in, in[0].shape(), axes)[0];
  }

  private static void checkFloating(String name, Tensor t) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] \"%s_kernel\" not implemented for dtype %s; convert with to(f32) first"
              .formatted(name, name, t.dtype()));
    }
  }

  /** See {@link Tensor#softmax}. */
  public static Tensor softmax(Tensor t, int dim) {
    checkFloating("softmax", t);
    boolean[] axes = axis(t, dim);
    Tensor y = run(SOFTMAX, axes, t);
    return Record.rule(
        "SoftmaxBackward0",
        y,
        new Tensor[] {t},
        new Tensor[] {y},
        (g, s, needs) -> new Tensor[] {softmaxGradient(g, s[0], axes)});
  }

  /** {@code y (g - sum(g y))} along a dimension, for g and y of one shape and dtype. */
  public static Tensor softmaxBackward(Tensor g, Tensor y, int dim) {
    checkFloating("softmax_backward", g);
    return softmaxGradient(g, y, axis(y, dim));
  }

  private static Tensor softmaxGradient(Tensor g, Tensor y, boolean[] axes) {
    int[] dims = Axes.list(axes);
    return Record.rule(
        "SoftmaxBackwardDataBackward0",
        run(SOFTMAX_GRADIENT, axes, g, y),
        new Tensor[] {g, y},
        new Tensor[] {g, y},
        (gg, s, needs) -> {
          Tensor total = gg.mul(s[1]).sum(dims, true);
          Tensor toG = s[1].mul(gg.sub(total));
          Tensor toY =
              needs[1]
                  ? gg.mul(s[0].sub(s[0].mul(s[1]).sum(dims, true))).sub(s[0].mul(total))
                  : null;
          return new Tensor[] {toG, toY};
        });
  }

  /** See {@link Tensor#logSoftmax}. */
  public static Tensor logSoftmax(Tensor t, int dim) {
    checkFloating("log_softmax", t);
    boolean[] axes = axis(t, dim);
    boolean last = t.dim() == 0 || axes[t.dim() - 1];
    RowProgram half = last ? LOG_SOFTMAX_OF_HALVES.get(t.dtype()) : null;
    Tensor y = run(half == null ? LOG_SOFTMAX : half, axes, t);
    return Record.rule(
        "LogSoftmaxBackward0",
        y,
        new Tensor[] {t},
        new Tensor[] {y},
        (g, s, needs) -> new Tensor[] {logSoftmaxGradient(g, s[0], axes)});
  }

  private static Tensor logSoftmaxGradient(Tensor g, Tensor y, boolean[] axes) {
    int[] dims = Axes.list(axes);
    return Record.rule(
        "LogSoftmaxBackwardDataBackward0",
        run(LOG_SOFTMAX_GRADIENT, axes, g, y),
        new Tensor[] {g, y},
        new Tensor[] {g, y},
        (gg, s, needs) -> {
          Tensor p = s[1].exp();
          Tensor toG = gg.sub(gg.mul(p).sum(dims, true));
          Tensor toY = needs[1] ? gg.mul(p).mul(s[0].sum(dims, true)).neg() : null;
          return new Tensor[] {toG, toY};
        });
  }

  /** See {@link Tensor#logsumexp}. */
  public static Tensor logsumexp(Tensor t, int[] dims, boolean keepdim) {
    Tensor x = t.dtype().isFloating() ? t : t.to(Promotion.defaultDType());
    boolean[] axes = Axes.of(x, dims);
    Tensor kept;
    if (Axes.count(x, axes) == 0 || x.numel() == 0) {
      kept =
          Executor.full(
              x.shape().keeping(axes), x.dtype(), x.device(), Scalar.of(Double.NEGATIVE_INFINITY));
    } else {
      kept = LOG_SUM_EXP.run(new Tensor[] {x}, x.shape(), axes)[0];
    }
    Tensor result = Axes.drop(kept, axes, keepdim);
    return Record.rule(
        "LogsumexpBackward0",
        result,
        new Tensor[] {x},
        new Tensor[] {x, result},
        (g, s, needs) -> {
          Tensor top = Axes.keep(s[1], s[0].shape(), axes, keepdim);
          return new Tensor[] {Axes.keep(g, s[0].shape(), axes, keepdim).mul(s[0].sub(top).exp())};
        });
  }
}
