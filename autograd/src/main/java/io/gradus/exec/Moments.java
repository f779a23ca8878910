package io.gradus.exec;

import static io.gradus.tensor.kernel.ScalarOp.DIV;
import static io.gradus.tensor.kernel.ScalarOp.MAX;
import static io.gradus.tensor.kernel.ScalarOp.MUL;
import static io.gradus.tensor.kernel.ScalarOp.SQRT;
import static io.gradus.tensor.kernel.ScalarOp.SUB;

import io.gradus.SpreadMean;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Variances and standard deviations: the mean first, then the squared distances from it. */
public final class Moments {
  private static final RowProgram VARIANCE = program(false);
  private static final RowProgram DEVIATION = program(true);

  private Moments() {}

  private static RowProgram program(boolean root) {
    return RowProgram.of(
        1, List.of(ReduceOp.SUM, ReduceOp.SUM), new boolean[] {true, true}, t -> body(t, root));
  }

  private static List<Expr> body(ComputeType t, boolean root) {
    Expr x = Expr.input(0, t);
    Expr mean = Expr.of(DIV, Expr.reduced(0, t), Expr.param(0, t));
    Expr d = Expr.of(SUB, x, mean);
    Expr freedom = Expr.of(MAX, Expr.param(1, t), Expr.constant(t, 0L));
    Expr var = Expr.of(DIV, Expr.reduced(1, t), freedom);
    List<Expr> outputs = new ArrayList<>(List.of(x, Expr.of(MUL, d, d)));
    outputs.add(root ? Expr.of(SQRT, var) : var);
    outputs.add(mean);
    return outputs;
  }

  /**
   * The variance, or its root, and the mean, both recorded.
   *
   * @param correction what is subtracted from the number of elements before dividing by it
   */
  public static SpreadMean spread(
      Tensor t, int[] dims, double correction, boolean keepdim, boolean root) {
    String name = root ? "std" : "var";
    SpreadMean kept = compute(name, t, dims, correction, root);
    return recorded(
        root ? "StdMeanBackward0" : "VarMeanBackward0",
        t,
        dims,
        correction,
        keepdim,
        root,
        kept,
        true);
  }

  /** The variance or its root alone. */
  public static Tensor single(
      Tensor t, int[] dims, double correction, boolean keepdim, boolean root) {
    SpreadMean kept = compute(root ? "std" : "var", t, dims, correction, root);
    return recorded(
            root ? "StdBackward0" : "VarBackward0", t, dims, correction, keepdim, root, kept, false)
        .spread();
  }

  private static SpreadMean compute(
      String name, Tensor t, int[] dims, double correction, boolean root) {
    if (!t.dtype().isFloating()) {
      throw new DTypeException(
          "[%s] %s and its kin only support floating point and complex dtypes: dtype %s; convert with to(f32)"
              .formatted(name, name, t.dtype()));
    }
    boolean[] axes = Axes.of(name, t, dims);
    long n = Axes.count(t, axes);
    if (t.numel() == 0) {
      Tensor nan =
          Executor.full(t.shape().keeping(axes), t.dtype(), t.device(), Scalar.of(Double.NaN));
      return new SpreadMean(nan, nan.clone());
    }
    Tensor[] r =
        (root ? DEVIATION : VARIANCE)
            .run(new Tensor[] {t}, t.shape(), axes, Params.of(n), Params.of(n - correction));
    return new SpreadMean(r[0], r[1]);
  }

  private static SpreadMean recorded(
      String name,
      Tensor t,
      int[] dims,
      double correction,
      boolean keepdim,
      boolean root,
      SpreadMean kept,
      boolean withMean) {
    boolean[] axes = Axes.of(t, dims);
    long n = Axes.count(t, axes);
    Tensor spread = Axes.drop(kept.spread(), axes, keepdim);
    Tensor mean = Axes.drop(kept.mean(), axes, keepdim);
    Tensor[] results = withMean ? new Tensor[] {spread, mean} : new Tensor[] {spread};
    Record.rules(
        name,
        results,
        new Tensor[] {t},
        root ? new Tensor[] {t, spread} : new Tensor[] {t},
        (g, s, needs) -> {
          Tensor x = s[0];
          Shape shape = x.shape();
          Tensor total = null;
          Tensor gs = g[0];
          if (gs != null) {
            Tensor by = root ? gs.div(s[1].mul(2)).maskedFill(s[1].detach().eq(0), 0) : gs;
            Tensor d = x.sub(x.mean(Axes.list(axes), true));
            if (x.dim() == 0) {
              d = x.sub(x);
            }
            total = d.mul(Axes.keep(by, shape, axes, keepdim).mul(2 / Math.max(n - correction, 0)));
          }
          Tensor gm = withMean ? g[1] : null;
          if (gm != null) {
            Tensor each = Axes.expand(gm.div(n), shape, axes, keepdim);
            total = total == null ? each : total.add(each);
          }
          return new @Nullable Tensor[] {total};
        });
    return new SpreadMean(spread, mean);
  }
}
