package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.fusion.Fused;
import io.gradus.fusion.Fusion;
import io.gradus.fusion.Pending;
import io.gradus.fusion.Step;
import io.gradus.graph.Edge;
import io.gradus.graph.GradMode;
import io.gradus.graph.MapNode;
import io.gradus.graph.Record;
import io.gradus.graph.SavedTensor;
import io.gradus.op.MapOp;
import io.gradus.op.MapProgram;
import io.gradus.rules.Pullback;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Scalar;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs pointwise operations. */
public final class Executor {
  private static final Map<ComputeType, Program> FILL = new EnumMap<>(ComputeType.class);

  static {
    for (ComputeType t : ComputeType.values()) {
      FILL.put(t, Program.of(List.of(), Expr.param(0, t)));
    }
  }

  private Executor() {}

  /** A new tensor with the results of {@code op}. */
  public static Tensor map(MapOp op, Tensor a) {
    if (!op.isPlain()) {
      return map(op, new Tensor[] {a});
    }
    Operand x = Internals.late(a);
    Device device = x.storage().device();
    MapProgram p = op.same(x.dtype());
    Operand out;
    if (Fusion.waits(x.layout().numel())) {
      Layout layout = Allocation.denseAs(x.layout());
      out = pending(p, new Operand[] {x}, Params.NONE, layout, device);
    } else {
      x = Internals.operand(a);
      out = Allocation.like(device, p.results().get(0), x.layout());
      device.run(p.program(), x, out);
    }
    Tensor r = Internals.fresh(out);
    if (Record.wanted(a)) {
      record(p, new Tensor[] {a}, Params.NONE, x.layout().shape(), device, null, r);
    }
    return r;
  }

  /** A new tensor with the results of {@code op}; the lean way where dtypes and shapes agree. */
  public static Tensor map(MapOp op, Tensor a, Tensor b) {
    Operand x = Internals.late(a);
    Operand y = Internals.late(b);
    Layout layout = x.layout();
    Device device = x.storage().device();
    if (x.dtype() != y.dtype()
        || y.storage().device() != device
        || !layout.sameShape(y.layout())
        || !op.isPlain()) {
      return map(op, new Tensor[] {a, b});
    }
    MapProgram p = op.same(x.dtype());
    Operand out;
    if (Fusion.waits(layout.numel())) {
      Layout dense = Allocation.denseAs(layout, y.layout());
      out = pending(p, new Operand[] {x, y}, Params.NONE, dense, device);
    } else {
      out = Allocation.like(device, p.results().get(0), layout, y.layout());
      device.run(p.program(), Internals.operand(a), Internals.operand(b), out);
    }
    Tensor r = Internals.fresh(out);
    if (Record.wanted(a, b)) {
      record(p, new Tensor[] {a, b}, Params.NONE, layout.shape(), device, null, r);
    }
    return r;
  }

  /** A new tensor with the results of {@code op}: any operands, with numbers per call. */
  public static Tensor map(MapOp op, Tensor[] in, Scalar... numbers) {
    Call call = Call.of(op, in, numbers);
    DType common = op.common(call.promoted());
    DType result = op.result(common);
    Conditions.checkDivisor(op, in, numbers, common);
    long[] params = params(op, numbers, common);
    MapProgram p = op.program(call.dtypes(), common, result);
    Operand[] operands = call.expanded();
    Operand out;
    if (waits(p, call.shape())) {
      Layout layout = Allocation.pointwise(call.shape(), operands);
      out = pending(p, operands, params, layout, call.device());
    } else {
      out = Allocation.pointwise(call.device(), result, call.shape(), operands);
      Fused.elementwise(call.device(), p.program(), operands, new Operand[] {out}, params);
    }
    Tensor r = Internals.fresh(out);
    if (Record.wanted(in)) {
      record(p, call.tensors(), params, call.shape(), call.device(), call.broadcastShapes(), r);
    }
    return r;
  }

  /** The numbers of a call as values of the dtype that it computes in. */
  static long[] params(MapOp op, Scalar[] numbers, DType common) {
    if (numbers.length == 0) {
      return Params.NONE;
    }
    long[] params = new long[numbers.length];
    for (int i = 0; i < params.length; i++) {
      if (op.isBounded()) {
        Conditions.checkRange(op.name(), numbers[i], common);
      }
      boolean rounds = op.roundsNumbers() && common.isFloating();
      Scalar number = rounds ? Scalar.of(common.round(numbers[i].toDouble())) : numbers[i];
      params[i] = param(number, common);
    }
    return params;
  }

  private static long param(Scalar number, DType dtype) {
    return switch (dtype.category()) {
      case BOOL -> number.toBoolean() ? 1 : 0;
      case INT -> dtype.wrap(number.toLong());
      // Halves compute in f32, with numbers that are not rounded to halves unless the operation
      // says.
      case FLOAT -> Params.of(number, dtype.compute());
    };
  }

  /** Runs a program on operands that broadcast to {@code shape}, on one device, and records it. */
  public static Tensor[] run(MapProgram p, Tensor[] in, long[] params, Shape shape, Device device) {
    Operand[] operands = new Operand[in.length];
    boolean broadcast = false;
    for (int i = 0; i < in.length; i++) {
      Operand x = Internals.late(in[i]);
      if (x.storage().device() != device) {
        throw DeviceException.different(p.gradName(), device.name(), x.storage().device().name());
      }
      broadcast |= !x.layout().shape().equals(shape);
      operands[i] = x.with(Broadcasting.expand(p.gradName(), x.layout(), shape));
    }
    Tensor[] results =
        Fusion.waits(shape.numel())
            ? parts(p, operands, params, shape, device)
            : now(p, operands, params, shape, device);
    if (Record.wanted(in)) {
      record(p, in, params, shape, device, broadcast ? Call.shapes(in) : null, results);
    }
    return results;
  }

  private static Tensor[] now(
      MapProgram p, Operand[] in, long[] params, Shape shape, Device device) {
    Operand[] outs = new Operand[p.results().size()];
    Tensor[] results = new Tensor[outs.length];
    for (int j = 0; j < outs.length; j++) {
      outs[j] = Allocation.pointwise(device, p.results().get(j), shape, in);
      results[j] = Internals.fresh(outs[j]);
    }
    Fused.elementwise(device, p.program(), in, outs, params);
    return results;
  }

  /** Each result by itself: what they share is computed once if they are read together. */
  private static Tensor[] parts(
      MapProgram p, Operand[] in, long[] params, Shape shape, Device device) {
    for (int j = 0; j < p.results().size(); j++) {
      if (!p.part(j).step().fits()) {
        return now(p, in, params, shape, device);
      }
    }
    Layout layout = Allocation.pointwise(shape, in);
    Tensor[] results = new Tensor[p.results().size()];
    for (int j = 0; j < results.length; j++) {
      Step.Part part = p.part(j);
      Operand[] own = new Operand[part.inputs().length];
      for (int i = 0; i < own.length; i++) {
        own[i] = in[part.inputs()[i]];
      }
      DType dtype = p.results().get(j);
      results[j] = Internals.fresh(Pending.of(part.step(), own, params, device, dtype, layout));
    }
    return results;
  }

  private static boolean waits(MapProgram p, Shape shape) {
    Step step = p.step();
    return Fusion.waits(shape.numel()) && step != null && step.fits();
  }

  /** The only result of a program, to be computed when it is read. */
  private static Operand pending(
      MapProgram p, Operand[] in, long[] params, Layout layout, Device device) {
    Step step = p.step();
    if (step == null) {
      throw new IllegalStateException("several results: " + p.gradName());
    }
    return Pending.of(step, in, params, device, p.results().get(0), layout);
  }

  /** A tensor with one number everywhere, without history. */
  public static Tensor full(Shape shape, DType dtype, Device device, Scalar value) {
    Conditions.checkRange("full", value, dtype);
    Operand out = Allocation.of(device, dtype, shape);
    fill(out, value);
    return Internals.fresh(out);
  }

  /** A tensor with one whole number everywhere, without history. */
  public static Tensor full(Shape shape, DType dtype, Device device, long value) {
    return full(shape, dtype, device, Scalar.of(value));
  }

  /** Overwrites memory with one number, converted to its dtype. */
  public static void fill(Operand out, Scalar value) {
    ComputeType type = out.dtype().compute();
    Program program = FILL.get(type);
    if (program == null) {
      throw new IllegalStateException("no fill for " + type);
    }
    Conditions.checkRange("fill", value, out.dtype());
    long param = param(value, out.dtype());
    out.storage()
        .device()
        .run(
            new Kernel.Elementwise(
                program, new Operand[0], new Operand[] {out}, new long[] {param}));
  }

  static void record(
      MapProgram p,
      Tensor[] in,
      long[] params,
      Shape shape,
      Device device,
      @Nullable Shape @Nullable [] shapes,
      Tensor... results) {
    Pullback plan = p.pullback(needs(in));
    MapNode node = node(p, plan, in, null, 0, null, params, shape, device, shapes);
    boolean floating = false;
    for (int j = 0; j < results.length; j++) {
      if (results[j].dtype().isFloating()) {
        Internals.setHistory(results[j], node, j);
        floating = true;
      }
    }
    if (floating) {
      saveResults(node, plan, results);
    }
  }

  /** The inputs that take a gradient, as bits. */
  static int needs(Tensor[] in) {
    int needs = 0;
    for (int i = 0; i < Math.min(in.length, 31); i++) {
      if (in[i].requiresGrad()) {
        needs |= 1 << i;
      }
    }
    return needs;
  }

  /**
   * The node of a call with its inputs saved.
   *
   * @param overwritten a copy of input 0 from before an in-place operation, null otherwise
   * @param first see {@link MapNode}
   * @param old edge of what is overwritten unread, where first is 1
   */
  static MapNode node(
      MapProgram p,
      Pullback plan,
      Tensor[] in,
      @Nullable Tensor overwritten,
      int first,
      @Nullable Edge old,
      long[] params,
      Shape shape,
      Device device,
      @Nullable Shape @Nullable [] shapes) {
    @Nullable Edge[] next = new Edge[in.length + first];
    if (first == 1) {
      next[0] = old;
    }
    DType[] dtypes = new DType[in.length];
    for (int i = 0; i < in.length; i++) {
      next[i + first] = Internals.edge(in[i]);
      dtypes[i] = in[i].dtype();
    }
    MapNode node = new MapNode(p, plan, next, first, params, shape, device, shapes, dtypes);
    int k = 0;
    for (int i : plan.savedInputs()) {
      // As in PyTorch only the tensor itself: x.mul_(x) saves its operand, and fails in backward.
      Tensor value = overwritten != null && i == 0 ? overwritten : in[i];
      node.save(k++, new SavedTensor(value, next[i + first]));
    }
    return node;
  }

  /** Saves those results that the pullback reads; after their history is set. */
  static void saveResults(MapNode node, Pullback plan, Tensor... results) {
    int k = plan.savedInputs().length;
    for (int j : plan.savedOutputs()) {
      node.save(k++, new SavedTensor(results[j], new Edge(node, j)));
    }
  }

  /** The same numbers in another dtype, in new memory. */
  public static Tensor convert(MapOp identity, Tensor t, DType dtype) {
    MapProgram p = identity.program(new DType[] {t.dtype()}, dtype, dtype);
    return run(p, new Tensor[] {t}, Params.NONE, t.shape(), t.device())[0];
  }

  /** The same numbers in new memory, row-major. */
  public static Tensor contiguous(MapOp identity, Tensor t) {
    Tensor r = copyContiguous(t);
    if (Record.wanted(t)) {
      record(
          identity.same(t.dtype()), new Tensor[] {t}, Params.NONE, t.shape(), t.device(), null, r);
    }
    return r;
  }

  /** A row-major copy without history. */
  static Tensor copyContiguous(Tensor t) {
    Operand from = Internals.operand(t);
    Operand out = Allocation.of(t.device(), t.dtype(), t.shape());
    t.device().run(Primitives.cast(t.dtype().compute(), t.dtype()), from, out);
    return Internals.fresh(out);
  }

  /** A copy without history, of the same dtype. */
  static Tensor copyOf(Tensor t) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      return t.clone();
    }
  }
}
