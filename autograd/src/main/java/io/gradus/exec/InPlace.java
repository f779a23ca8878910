package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.ViewInfo;
import io.gradus.fusion.Fused;
import io.gradus.fusion.Pending;
import io.gradus.graph.AccumulateGrad;
import io.gradus.graph.CopySlices;
import io.gradus.graph.Edge;
import io.gradus.graph.GradMode;
import io.gradus.graph.MapNode;
import io.gradus.graph.Node;
import io.gradus.graph.Record;
import io.gradus.graph.RuleNode;
import io.gradus.op.Arithmetic;
import io.gradus.op.MapOp;
import io.gradus.op.MapProgram;
import io.gradus.rules.Pullback;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Overlap;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Operations that write into an existing tensor.
 *
 * <p>The order is fixed: check everything, save what backward needs of the old contents, write,
 * bump the version, then record.
 */
public final class InPlace {
  private InPlace() {}

  /**
   * {@code in[0] = op(in, numbers)}, written into the memory of {@code in[0]}.
   *
   * @return {@code in[0]}
   */
  public static Tensor map(MapOp op, Tensor[] in, Scalar... numbers) {
    return in.length == 2 && leanly(op, in[0], in[1]) ? in[0] : generally(op, in, numbers);
  }

  /** Adds and the like of tensors that agree, by the shortest way; false, doing nothing, if not. */
  private static boolean leanly(MapOp op, Tensor self, Tensor other) {
    if (!op.isPlain() || !isLean(self, other)) {
      return false;
    }
    MapProgram p = op.same(self.dtype());
    if (p.results().get(0) != self.dtype()) {
      return false;
    }
    Operand out = Internals.writable(self);
    out.storage().device().run(p.program(), out, Internals.operand(other), out);
    written(self, null);
    return true;
  }

  private static Tensor generally(MapOp op, Tensor[] in, Scalar... numbers) {
    Tensor self = in[0];
    Call call = Call.of(op, in, numbers);
    DType common = op.common(call.promoted());
    DType natural = op.result(common);
    String name = op.name() + "_";
    checkWritable(name, self, Record.wanted(in));
    checkCast(name, natural, self.dtype());
    checkShape(name, self, call.shape());
    checkOverlap(name, self, call.tensors());
    Conditions.checkDivisor(op, in, numbers, common);
    long[] params = Executor.params(op, numbers, common);
    MapProgram p = op.program(call.dtypes(), common, self.dtype());
    return run(p, self, call, 0, params);
  }

  /** Whether there is nothing to convert, broadcast, record, refuse or compute first. */
  private static boolean isLean(Tensor self, Tensor other) {
    Operand x = Internals.late(self);
    Operand y = Internals.late(other);
    return x.dtype() == y.dtype()
        && x.dtype().isFloating()
        && x.layout().isContiguous()
        && x.layout().sameShape(y.layout())
        && (x.storage() == y.storage()
            ? x.layout() == y.layout()
            : x.storage().device() == y.storage().device())
        && !(y.storage() instanceof Pending)
        && !Internals.isInference(self)
        && !Record.wanted(self)
        && !Record.wanted(other);
  }

  /** Overwrites {@code self} with {@code source}, converted and broadcast; any dtypes. */
  public static Tensor copy(MapOp identity, Tensor self, Tensor source) {
    String name = "copy_";
    checkWritable(name, self, Record.wanted(self, source));
    if (!Broadcasting.fits(source.shape(), self.shape())) {
      throw new ShapeException(
          "[copy_] The expanded size of the source must match: source %s does not broadcast to %s"
              .formatted(source.shape(), self.shape()));
    }
    Tensor from = source.device() == self.device() ? source : source.to(self.device());
    checkOverlap(name, self, from);
    MapProgram p = identity.program(new DType[] {from.dtype()}, self.dtype(), self.dtype());
    Call call = new Call(name, new Tensor[] {from}, self.device(), self.shape(), self.dtype());
    return run(p, self, call, 1, new long[0]);
  }

  /** Overwrites {@code self} with the result of several steps, as if it were one operation. */
  public static Tensor assign(String name, Tensor self, Tensor result) {
    checkCast(name, result.dtype(), self.dtype());
    checkShape(name, self, result.shape());
    return copy(Arithmetic.COPY, self, result);
  }

  /** Refuses a target of another dtype. */
  public static void checkDtype(String name, Tensor self, DType needed) {
    if (self.dtype() != needed) {
      throw new DTypeException(
          "[%s] the base given to %s has dtype %s but the operation's result requires dtype %s"
              .formatted(name, name, self.dtype(), needed));
    }
  }

  /** Overwrites {@code self} with one number. */
  public static Tensor fill(Tensor self, Scalar value) {
    return fill("fill_", "FillBackward2", self, value);
  }

  /** {@link #fill(Tensor, Scalar)} with 0, under its own name. */
  public static Tensor zero(Tensor self) {
    return fill("zero_", "ZeroBackward0", self, Scalar.of(0L));
  }

  private static Tensor fill(String name, String gradName, Tensor self, Scalar value) {
    boolean wanted = Record.wanted(self);
    checkWritable(name, self, wanted);
    checkOverlap(name, self);
    Conditions.checkRange(name, value, self.dtype());
    Executor.fill(Internals.writable(self), value);
    written(self, wanted ? new ForgetNode(gradName, Internals.edge(self)) : null);
    return self;
  }

  private static Tensor run(MapProgram p, Tensor self, Call call, int first, long[] params) {
    Tensor[] in = call.tensors();
    if (!(Record.wanted(self) || Record.wanted(in))) {
      write(p, self, call, params);
      written(self, null);
      return self;
    }
    Pullback plan = p.pullback(Executor.needs(in));
    Tensor before = first == 0 && readsOldContents(plan) ? Executor.copyOf(self) : null;
    MapNode node =
        Executor.node(
            p,
            plan,
            in,
            before,
            first,
            first == 1 ? Internals.edge(self) : null,
            params,
            call.shape(),
            call.device(),
            call.broadcastShapes());
    write(p, self, call, params);
    written(self, node);
    Executor.saveResults(node, plan, self);
    return self;
  }

  private static void write(MapProgram p, Tensor self, Call call, long[] params) {
    Operand out = Internals.writable(self);
    Fused.elementwise(call.device(), p.program(), call.expanded(), new Operand[] {out}, params);
  }

  /** Whether backward needs what is about to be overwritten. */
  private static boolean readsOldContents(Pullback plan) {
    return plan.savedInputs().length > 0 && plan.savedInputs()[0] == 0;
  }

  /**
   * Notes that a tensor was written: bumps its version and gives it, or the base it is a view of,
   * its new history.
   *
   * @param node whose edge 0 belongs to the old contents; null to record nothing
   */
  public static void written(Tensor self, @Nullable Node node) {
    Internals.version(self).bump();
    if (node == null) {
      return;
    }
    ViewInfo view = Internals.view(self);
    if (view == null) {
      Internals.setHistory(self, node, 0);
      return;
    }
    Tensor base = view.base();
    CopySlices all =
        new CopySlices(Internals.edge(base), Internals.operand(base).layout(), view.steps(), node);
    Internals.setHistory(base, all, 0);
    Views.refreshHistory(self);
  }

  /**
   * A write by a kernel of its own, recorded by a rule.
   *
   * @param gradName name of the node
   * @param others operands besides {@code self}, in the order of the rule
   * @param saved what the rule reads, as it is before the write
   * @param rule gives the gradients of {@code self}'s old contents and of {@code others}
   * @param write runs the kernel, after everything is checked and saved
   */
  static Tensor rule(
      String name,
      String gradName,
      Tensor self,
      Tensor[] others,
      Tensor[] saved,
      RuleNode.Rule rule,
      Runnable write) {
    Tensor[] operands = new Tensor[others.length + 1];
    operands[0] = self;
    System.arraycopy(others, 0, operands, 1, others.length);
    boolean wanted = Record.wanted(operands);
    checkWritable(name, self, wanted);
    checkOverlap(name, self, others);
    Node node = wanted ? Record.node(gradName, operands, saved, rule) : null;
    Internals.writable(self);
    write.run();
    written(self, node);
    return self;
  }

  /** Refuses to write what autograd could not follow. */
  public static void checkWritable(String name, Tensor self, boolean recorded) {
    if (Internals.isInference(self) && !GradMode.isInference()) {
      throw new AutogradException(
          "[%s] Inplace update to inference tensor outside InferenceMode is not allowed: shape %s; make a clone() to get a normal tensor."
              .formatted(name, self.shape()));
    }
    if (GradMode.isEnabled() && self.requiresGrad()) {
      Edge edge = Internals.edge(self);
      if (edge != null && edge.node() instanceof AccumulateGrad) {
        throw new AutogradException(
            "[%s] a leaf Variable that requires grad is being used in an in-place operation: shape %s; do it inside noGrad, or on a clone()."
                .formatted(name, self.shape()));
      }
    }
    ViewInfo view = Internals.view(self);
    if (view == null || !GradMode.isEnabled() || !(recorded || self.requiresGrad())) {
      return;
    }
    Tensor base = view.base();
    if (base.requiresGrad() && base.isLeaf()) {
      throw new AutogradException(
          "[%s] a view of a leaf Variable that requires grad is being used in an in-place operation: a view of shape %s of a leaf of shape %s; do it inside noGrad, or on a clone() of the leaf."
              .formatted(name, self.shape(), base.shape()));
    }
    String made =
        switch (view.creation()) {
          case DEFAULT -> null;
          case NO_GRAD ->
              "was created in no_grad mode and is being modified inplace with grad mode enabled";
          case MULTI_OUTPUT ->
              "is the output of a function that returns multiple views. Such functions do not allow"
                  + " the output views to be modified inplace";
          case CUSTOM_FUNCTION ->
              "was created inside a custom Function and the autograd logic to handle view+inplace"
                  + " would override the custom backward";
        };
    if (made != null) {
      throw new AutogradException(
          "[%s] A view %s. Replace the in-place operation by an out-of-place one."
              .formatted(name, made));
    }
  }

  /** Refuses results that the target's dtype cannot take. */
  public static void checkCast(String name, DType from, DType to) {
    if (!Promotion.canCast(from, to)) {
      throw new DTypeException(
          "[%s] result type %s can't be cast to the desired output type %s; use the out-of-place operation, or convert first."
              .formatted(name, from, to));
    }
  }

  private static void checkShape(String name, Tensor self, Shape shape) {
    if (!self.shape().equals(shape)) {
      throw new ShapeException(
          "[%s] output with shape %s doesn't match the broadcast shape %s; an in-place operation cannot grow its tensor."
              .formatted(name, self.shape(), shape));
    }
  }

  /** Refuses to write memory that is read in another order, or twice over. */
  public static void checkOverlap(String name, Tensor self, Tensor... in) {
    Operand out = Internals.operand(self);
    if (Overlap.isInternal(out.layout())) {
      throw new TensorException(
          "[%s] unsupported operation: more than one element of the written-to tensor refers to a single memory location: %s; clone() the tensor before performing the operation."
              .formatted(name, out.layout()));
    }
    for (Tensor t : in) {
      Operand x = Internals.late(t);
      if (x.storage() == out.storage()
          && Overlap.between(out.layout(), x.layout()) == Overlap.PARTIAL) {
        throw new TensorException(
            "[%s] unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location: %s and %s; clone() one of them before performing the operation."
                .formatted(name, x.layout(), out.layout()));
      }
    }
  }
}
