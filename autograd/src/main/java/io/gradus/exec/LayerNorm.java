package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.RowFormulas;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation with weight and bias in one trip through memory each way; the formulas are
 * those of {@link RowFormulas}. The gradient of the bias is the sum of the gradient over the rows.
 */
public final class LayerNorm {
  private static final RowProgram FORWARD =
      RowProgram.of(new boolean[] {false, true, true}, RowFormulas::layerNorm);

  private static final RowProgram BACKWARD =
      RowProgram.of(new boolean[] {false}, RowFormulas::layerNormGradient);

  private static final Map<ComputeType, Program> WEIGHT =
      Map.of(
          ComputeType.F32,
          RowFormulas.layerNormWeight(ComputeType.F32),
          ComputeType.F64,
          RowFormulas.layerNormWeight(ComputeType.F64));

  private LayerNorm() {}

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
      Program program = Objects.requireNonNull(WEIGHT.get(g.dtype().compute()), "floating dtype");
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
