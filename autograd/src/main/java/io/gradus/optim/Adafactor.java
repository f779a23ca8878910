package io.gradus.optim;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import java.util.List;

/**
 * Adafactor: N. Shazeer, M. Stern, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost",
 * ICML 2018. Mean squares of matrices are kept as a row and a column.
 */
public final class Adafactor extends Optimizer<Adafactor.Options> {
  /**
   * The settings; start with {@link #of}.
   *
   * @param lr learning rate
   * @param beta2Decay power of the step by which the decay of the mean squares grows
   * @param eps1 smallest mean square; 0 for the precision of the dtype
   * @param eps2 smallest scale of a parameter
   * @param threshold largest root mean square of an update
   * @param weightDecay strength of the pull to zero
   * @param maximize climbs instead of descending
   */
  public record Options(
      double lr,
      double beta2Decay,
      double eps1,
      double eps2,
      double threshold,
      double weightDecay,
      boolean maximize)
      implements Optimizer.Options<Options> {
    /** Refuses settings outside of their ranges. */
    public Options {
      check(lr >= 0, "learning rate", lr, "at least 0");
      check(beta2Decay <= 0, "beta2_decay", beta2Decay, "at most 0");
      check(eps1 >= 0, "epsilon1", eps1, "at least 0");
      check(eps2 >= 0, "epsilon2", eps2, "at least 0");
      check(threshold >= 1, "clipping threshold d", threshold, "at least 1");
      check(weightDecay >= 0, "weight_decay value", weightDecay, "at least 0");
    }

    /** A learning rate and the usual settings. */
    public static Options of(double lr) {
      return new Options(lr, -0.8, 0, 1e-3, 1, 0, false);
    }

    @Override
    public Options lr(double value) {
      return new Options(value, beta2Decay, eps1, eps2, threshold, weightDecay, maximize);
    }

    /** With another power of the step by which the decay of the mean squares grows. */
    public Options beta2Decay(double value) {
      return new Options(lr, value, eps1, eps2, threshold, weightDecay, maximize);
    }

    /** With this smallest mean square; 0 for the precision of the dtype. */
    public Options eps1(double value) {
      return new Options(lr, beta2Decay, value, eps2, threshold, weightDecay, maximize);
    }

    /** With this smallest scale of a parameter. */
    public Options eps2(double value) {
      return new Options(lr, beta2Decay, eps1, value, threshold, weightDecay, maximize);
    }

    /** With this largest root mean square of an update. */
    public Options threshold(double value) {
      return new Options(lr, beta2Decay, eps1, eps2, value, weightDecay, maximize);
    }

    /** With weight decay. */
    public Options weightDecay(double value) {
      return new Options(lr, beta2Decay, eps1, eps2, threshold, value, maximize);
    }

    /** Climbing instead of descending. */
    public Options maximize(boolean value) {
      return new Options(lr, beta2Decay, eps1, eps2, threshold, weightDecay, value);
    }
  }

  /** With the usual settings. */
  public Adafactor(List<? extends Tensor> parameters, double lr) {
    this(parameters, Options.of(lr));
  }

  /** With settings. */
  public Adafactor(List<? extends Tensor> parameters, Options options) {
    super(parameters, options);
  }

  @Override
  protected long[] stateShape(String name, Tensor parameter) {
    long[] shape = super.stateShape(name, parameter);
    int mean = name.equals("row_var") ? 1 : name.equals("col_var") ? 2 : 0;
    if (mean > 0 && shape.length > 1) {
      shape[shape.length - mean] = 1;
    }
    return shape;
  }

  @Override
  boolean keepsNoGradient() {
    return true;
  }

  @Override
  protected void update(Tensor parameter, Tensor gradient, ParameterState state, Options o) {
    long step = state.advance();
    if (parameter.numel() == 0) {
      return;
    }
    Tensor g = o.maximize ? gradient.neg() : gradient;
    double share = Math.pow(step, o.beta2Decay);
    double eps1 = o.eps1 == 0 ? precision(parameter.dtype()) : o.eps1;
    double rate = Math.max(o.eps2, rootMeanSquare(parameter)) * Math.min(o.lr, 1 / Math.sqrt(step));
    if (o.weightDecay != 0) {
      parameter.mul_(1 - o.lr * o.weightDecay);
    }
    Tensor variance = g.dim() > 1 ? factored(g, state, share, eps1) : whole(g, state, share);
    Tensor update = variance.clampMin(eps1 * eps1).rsqrt_().mul_(g);
    double clipped = Math.max(1, rootMeanSquare(update) / o.threshold);
    parameter.add_(update, -rate / clipped);
  }

  private static double rootMeanSquare(Tensor t) {
    return t.norm().item().doubleValue() / Math.sqrt(t.numel());
  }

  private static Tensor whole(Tensor g, ParameterState state, double share) {
    return state.zerosOnce("variance", g).lerp_(g.mul(g), share);
  }

  /** The outer product of the mean squares of rows and columns. */
  private static Tensor factored(Tensor g, ParameterState state, double share, double eps1) {
    Tensor rows = state.zerosOnce("row_var", g.select(-1, 0).unsqueeze(-1));
    Tensor columns = state.zerosOnce("col_var", g.select(-2, 0).unsqueeze(-2));
    rows.lerp_(meanSquare(g, -1), share);
    columns.lerp_(meanSquare(g, -2), share);
    Tensor scale = rows.mean(new int[] {-2}, true).clampMin(eps1);
    return rows.matmul(columns).div_(scale);
  }

  private static Tensor meanSquare(Tensor g, int dim) {
    return g.norm(2, new int[] {dim}, true).square().div_(g.size(dim));
  }

  /** The distance from 1 to the next number. */
  private static double precision(DType dtype) {
    return switch (dtype) {
      case F64 -> 0x1p-52;
      case F32 -> 0x1p-23;
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case U8, I8, I16, I32, I64, BOOL ->
          throw new DTypeException("[Adafactor] parameters must be floating point, not " + dtype);
    };
  }
}
