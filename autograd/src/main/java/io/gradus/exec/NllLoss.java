package io.gradus.exec;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Negative log likelihood of classes: a loss has a handful of numbers, so that what counts is how
 * few kernels it takes.
 */
public final class NllLoss {
  /** Input 0 of all programs is the class, which is compared with param 0. */
  private static final Expr CLASS = Expr.input(0, ComputeType.I64);

  private static final Expr IS_IGNORED =
      Expr.of(ScalarOp.EQ, CLASS, Expr.param(0, ComputeType.I64));

  private static final Program INDEX =
      Program.of(
          List.of(ComputeType.I64),
          Expr.where(IS_IGNORED, Expr.constant(ComputeType.I64, 0L), CLASS));

  private static final Map<ComputeType, Programs> PLAIN = new EnumMap<>(ComputeType.class);
  private static final Map<ComputeType, Programs> WEIGHTED = new EnumMap<>(ComputeType.class);

  static {
    for (ComputeType t : List.of(ComputeType.F32, ComputeType.F64)) {
      PLAIN.put(t, Programs.of(t, false));
      WEIGHTED.put(t, Programs.of(t, true));
    }
  }

  /**
   * What is computed of a class and, if there are weights, that of the class.
   *
   * @param loss of the logarithm of its probability, too
   * @param weight what it counts in a mean
   * @param slope of the loss by the logarithm
   * @param meanSlope the same of the mean, of the sum of all weights, too
   */
  private record Programs(Program loss, Program weight, Program slope, Program meanSlope) {
    static Programs of(ComputeType t, boolean isWeighted) {
      List<ComputeType> in = new ArrayList<>(List.of(ComputeType.I64));
      Expr weight = Expr.constant(t, 1.0);
      if (isWeighted) {
        in.add(t);
        weight = Expr.input(1, t);
      }
      List<ComputeType> more = new ArrayList<>(in);
      more.add(t);
      Expr last = Expr.input(in.size(), t);
      Expr loss = Expr.of(ScalarOp.NEG, last);
      Expr slope = Expr.of(ScalarOp.NEG, weight);
      return new Programs(
          kept(more, isWeighted ? Expr.of(ScalarOp.MUL, loss, weight) : loss),
          kept(in, weight),
          kept(in, slope),
          kept(more, Expr.of(ScalarOp.DIV, slope, last)));
    }

    private static Program kept(List<ComputeType> in, Expr value) {
      return Program.of(in, Expr.where(IS_IGNORED, Expr.constant(value.type(), 0.0), value));
    }
  }

  private final Tensor logs;
  private final Tensor target;
  private final int classDim;
  private final long[] ignored;
  private final Programs programs;

  /** The classes as positions; 0 for those that are ignored. */
  private final Tensor index;

  /** The weight of each class that is aimed at, null for 1. */
  private final @Nullable Tensor weights;

  /**
   * A loss of checked arguments; nothing is computed yet but its indices.
   *
   * @param logs log probabilities, floating
   * @param target i64, of the shape of {@code logs} without {@code classDim}
   * @param weight one number a class, of the dtype of {@code logs}; takes no gradient; null for 1
   * @throws DTypeException if the weight has another dtype
   * @throws AutogradException if the weight requires grad
   * @throws io.gradus.tensor.error.DeviceException if they are on different devices
   * @throws io.gradus.tensor.error.TensorIndexException if a class has no weight
   */
  public NllLoss(
      Tensor logs, Tensor target, int classDim, @Nullable Tensor weight, long ignoreIndex) {
    Call.device("nll_loss", given(logs, target, weight));
    if (weight != null && Record.wanted(weight)) {
      throw new AutogradException(
          "[nll_loss] the derivative for 'weight' is not implemented; detach() it");
    }
    if (weight != null && weight.dtype() != logs.dtype()) {
      throw new DTypeException(
          "[nll_loss] expected weight of dtype %s as the input, but got %s"
              .formatted(logs.dtype(), weight.dtype()));
    }
    this.logs = logs;
    this.target = target;
    this.classDim = classDim;
    this.ignored = new long[] {ignoreIndex};
    ComputeType type = logs.dtype().compute();
    Programs known = (weight == null ? PLAIN : WEIGHTED).get(type);
    if (known == null) {
      throw new DTypeException("[nll_loss] not implemented for dtype " + logs.dtype());
    }
    this.programs = known;
    this.index = Primitives.map(INDEX, new Tensor[] {target}, target.shape(), DType.I64, ignored);
    this.weights = weight == null ? null : picked(weight, 0, index.reshape(-1));
  }

  private Tensor picked(Tensor from, int dim, Tensor at) {
    Shape shape = target.shape();
    return at.numel() == 0
        ? Executor.full(shape, from.dtype(), from.device(), 0L)
        : Axes.reshaped(Primitives.gather(from, dim, at), shape);
  }

  private Tensor pickedLogs() {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      return picked(logs.detach(), classDim, index.unsqueeze(classDim));
    }
  }

  /** What a program reads, of which some may be missing. */
  private static Tensor[] given(@Nullable Tensor... in) {
    return Arrays.stream(in).filter(t -> t != null).toArray(Tensor[]::new);
  }

  /** The loss of each class, of the shape of the target. */
  public Tensor each() {
    Tensor r =
        Primitives.map(
            programs.loss,
            given(target, weights, pickedLogs()),
            target.shape(),
            logs.dtype(),
            ignored);
    return record(r, null);
  }

  /** The sum of all losses, 0-dim. */
  public Tensor sum() {
    return record(total(programs.loss, given(target, weights, pickedLogs()), logs.dtype()), null);
  }

  /** The mean of all losses by their weights, 0-dim; NaN if nothing counts. */
  public Tensor mean() {
    DType wide = logs.dtype().compute().dtype();
    Tensor sum = total(programs.loss, given(target, weights, pickedLogs()), wide);
    Tensor total = total(programs.weight, given(target, weights), wide);
    return record(sum.div_(total).to(logs.dtype()), total);
  }

  private Tensor total(Program program, Tensor[] in, DType dtype) {
    boolean[] axes = new boolean[target.dim()];
    Arrays.fill(axes, true);
    Tensor kept =
        Primitives.reduce(ReduceOp.SUM, program, in, target.shape(), axes, dtype, ignored);
    return Axes.drop(kept, axes, false);
  }

  private Tensor record(Tensor r, @Nullable Tensor total) {
    Shape shape = logs.shape();
    int dim = classDim;
    long[] params = ignored;
    Program slope = total == null ? programs.slope : programs.meanSlope;
    return Record.rule(
        target.dim() < 2 ? "NllLossBackward0" : "NllLoss2DBackward0",
        r,
        new Tensor[] {logs},
        given(index, target, weights, total),
        (g, saved, needs) -> {
          Tensor[] in = Arrays.copyOfRange(saved, 1, saved.length);
          Tensor slopes = Primitives.map(slope, in, saved[1].shape(), g.dtype(), params);
          Tensor values = g.mul(slopes).unsqueeze(dim);
          Tensor zeros = Executor.full(shape, g.dtype(), g.device(), 0L);
          return new Tensor[] {zeros.scatterAdd_(dim, saved[0].unsqueeze(dim), values)};
        });
  }
}
