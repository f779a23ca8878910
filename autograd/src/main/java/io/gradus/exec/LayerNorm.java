package io.gradus.exec;

import static io.gradus.tensor.kernel.ScalarOp.ADD;
import static io.gradus.tensor.kernel.ScalarOp.DIV;
import static io.gradus.tensor.kernel.ScalarOp.MUL;
import static io.gradus.tensor.kernel.ScalarOp.RSQRT;
import static io.gradus.tensor.kernel.ScalarOp.SUB;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation with weight and bias in one trip through memory each way.
 *
 * <p>With {@code h = (x - m) r}, {@code m} the mean, {@code r} the inverse deviation of a row and
 * {@code y = h w + b}: the gradient of x is {@code r (k - mean(k) - h mean(k h))} for {@code k = g
 * w}, that of w the sum over the rows of {@code g h}, that of b the sum of {@code g}.
 */
public final class LayerNorm {
  private static final RowProgram FORWARD =
      RowProgram.of(
          3,
          List.of(ReduceOp.SUM, ReduceOp.SUM),
          new boolean[] {false, true, true},
          LayerNorm::forward);

  /** Of x, from g, x, w, m and r. */
  private static final RowProgram BACKWARD =
      RowProgram.of(
          5,
          List.of(ReduceOp.SUM, ReduceOp.SUM),
          new boolean[] {false},
          t -> {
            Expr n = Expr.param(0, t);
            Expr h = normalized(1, 3, t);
            Expr k = Expr.of(MUL, Expr.input(0, t), Expr.input(2, t));
            Expr mean = Expr.of(DIV, Expr.reduced(0, t), n);
            Expr slope = Expr.of(DIV, Expr.reduced(1, t), n);
            Expr inner = Expr.of(SUB, Expr.of(SUB, k, mean), Expr.of(MUL, h, slope));
            return List.of(k, Expr.of(MUL, k, h), Expr.of(MUL, inner, Expr.input(4, t)));
          });

  /** g h, from g, x, m and r. */
  private static final Map<ComputeType, Program> WEIGHT = new EnumMap<>(ComputeType.class);

  static {
    for (ComputeType t : List.of(ComputeType.F32, ComputeType.F64)) {
      WEIGHT.put(
          t, Program.of(List.of(t, t, t, t), Expr.of(MUL, Expr.input(0, t), normalized(1, 2, t))));
    }
  }

  private LayerNorm() {}

  private static List<Expr> forward(ComputeType t) {
    Expr x = Expr.input(0, t);
    Expr mean = Expr.of(DIV, Expr.reduced(0, t), Expr.param(0, t));
    Expr d = Expr.of(SUB, x, mean);
    Expr var = Expr.of(DIV, Expr.reduced(1, t), Expr.param(0, t));
    Expr rstd = Expr.of(RSQRT, Expr.of(ADD, var, Expr.param(1, t)));
    Expr y = Expr.of(ADD, Expr.of(MUL, Expr.of(MUL, d, rstd), Expr.input(1, t)), Expr.input(2, t));
    return List.of(x, Expr.of(MUL, d, d), y, mean, rstd);
  }

  private static Expr normalized(int x, int mean, ComputeType t) {
    Expr d = Expr.of(SUB, Expr.input(x, t), Expr.input(mean, t));
    return Expr.of(MUL, d, Expr.input(mean + 1, t));
  }

  /**
   * Normalises over the last dimensions.
   *
   * @param x floating, f32 or f64, not empty
   * @param weight of the shape of the last dimensions and the dtype of {@code x}
   * @param bias as {@code weight}
   */
  public static Tensor layerNorm(Tensor x, Tensor weight, Tensor bias, double eps) {
    Shape shape = x.shape();
    boolean[] axes = new boolean[x.dim()];
    Arrays.fill(axes, x.dim() - weight.dim(), axes.length, true);
    long n = weight.numel();
    Tensor[] in = {x, weight, bias};
    Tensor[] r = FORWARD.run(in, shape, axes, Params.of(n), Params.of(eps));
    return Record.rule(
        "NativeLayerNormBackward0",
        r[0],
        in,
        new Tensor[] {x, weight, r[1], r[2]},
        (g, s, needs) ->
            GradMode.isEnabled()
                ? differentiable(g, s[0], s[1], axes, eps, needs)
                : gradients(g, s, axes, n, needs));
  }

  private static @Nullable Tensor[] gradients(
      Tensor g, Tensor[] s, boolean[] axes, long n, boolean[] needs) {
    Shape shape = g.shape();
    @Nullable Tensor[] out = new Tensor[3];
    if (needs[0]) {
      out[0] = BACKWARD.run(new Tensor[] {g, s[0], s[1], s[2], s[3]}, shape, axes, Params.of(n))[0];
    }
    boolean[] rows = new boolean[axes.length];
    for (int d = 0; d < rows.length; d++) {
      rows[d] = !axes[d];
    }
    long[] tail = s[1].shape().toArray();
    if (needs[1]) {
      Program program = WEIGHT.get(g.dtype().compute());
      if (program == null) {
        throw new IllegalStateException("not a floating dtype: " + g.dtype());
      }
      Tensor[] in = {g, s[0], s[2], s[3]};
      out[1] =
          Primitives.reduce(ReduceOp.SUM, program, in, shape, rows, g.dtype(), Params.NONE)
              .view(tail);
    }
    if (needs[2]) {
      out[2] = g.sumToSize(tail);
    }
    return out;
  }

  /** The same by operations that record themselves. */
  private static @Nullable Tensor[] differentiable(
      Tensor g, Tensor x, Tensor weight, boolean[] axes, double eps, boolean[] needs) {
    int[] dims = Axes.list(axes);
    Tensor d = x.sub(x.mean(dims, true));
    Tensor rstd = d.square().mean(dims, true).add(eps).rsqrt();
    Tensor h = d.mul(rstd);
    Tensor k = g.mul(weight);
    Tensor inner = k.sub(k.mean(dims, true)).sub(h.mul(k.mul(h).mean(dims, true)));
    long[] tail = weight.shape().toArray();
    return new @Nullable Tensor[] {
      needs[0] ? inner.mul(rstd) : null,
      needs[1] ? g.mul(h).sumToSize(tail) : null,
      needs[2] ? g.sumToSize(tail) : null
    };
  }
}
