package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.exec.InPlace;
import io.gradus.graph.GradMode;
import io.gradus.graph.Node;
import io.gradus.graph.Record;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Broadcasting;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record of a user's {@link Function}. */
final class FunctionNode extends Node {
  private record Form(Shape shape, DType dtype, Device device) {
    static Form of(Tensor t) {
      return new Form(t.shape(), t.dtype(), t.device());
    }
  }

  private final Function function;
  private final FunctionContext context;
  private final List<Form> inputs;
  private final List<Form> results;

  private FunctionNode(
      Function function, FunctionContext context, List<Tensor> inputs, List<Tensor> results) {
    super(Record.edges(inputs.toArray(Tensor[]::new)));
    this.function = function;
    this.context = context;
    this.inputs = inputs.stream().map(Form::of).toList();
    this.results = results.stream().map(Form::of).toList();
  }

  /** Gives the results of a call their history; they are new objects where inputs were passed. */
  static List<Tensor> record(
      Function function, FunctionContext context, List<Tensor> inputs, List<Tensor> results) {
    boolean wanted = Record.wanted(inputs.toArray(Tensor[]::new));
    String name = function.name();
    for (Tensor t : context.dirty()) {
      checkDirty(name, t, inputs, results, wanted);
    }
    FunctionNode node = wanted ? new FunctionNode(function, context, inputs, results) : null;
    Map<Tensor, Tensor> replaced = new IdentityHashMap<>();
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Tensor given = results.get(i);
      Tensor r = context.dirty().contains(given) ? given : separate(given, inputs);
      replaced.put(given, r);
      if (context.dirty().contains(r)) {
        InPlace.written(r, node == null || context.isConstant(given) ? null : node);
        if (node != null && Internals.view(r) == null) {
          Internals.setHistory(r, node, i);
        }
      } else if (node != null && !context.isConstant(given)) {
        markView(r);
        Internals.setHistory(r, node, i);
      }
      out.add(r);
    }
    if (node != null) {
      context.keep(node, replaced);
    }
    return out;
  }

  private static void checkDirty(
      String name, Tensor t, List<Tensor> inputs, List<Tensor> results, boolean wanted) {
    if (!identity(inputs, t)) {
      throw new AutogradException(
          "[" + name + "] a tensor was marked dirty that is no input: shape " + t.shape());
    }
    if (!identity(results, t)) {
      throw new AutogradException(
          "["
              + name
              + "] a tensor marked dirty (modified in place) must be returned as a result: shape "
              + t.shape());
    }
    InPlace.checkWritable(name, t, wanted);
    if (wanted && Internals.view(t) != null && (inputs.get(0) != t || results.size() > 1)) {
      throw new AutogradException(
          "["
              + name
              + "] a view can be written in place only by a function of one result whose first"
              + " input it is");
    }
  }

  private static boolean identity(List<Tensor> list, Tensor t) {
    for (Tensor x : list) {
      if (x == t) {
        return true;
      }
    }
    return false;
  }

  /** An input that is returned unchanged becomes a tensor of its own, which can have a history. */
  private static Tensor separate(Tensor result, List<Tensor> inputs) {
    return identity(inputs, result) ? Internals.alias(result, Internals.operand(result)) : result;
  }

  private static void markView(Tensor result) {
    ViewInfo view = Internals.view(result);
    if (view != null) {
      Internals.setView(
          result,
          new ViewInfo(
              view.base(),
              view.steps(),
              Internals.version(result).value(),
              ViewInfo.Creation.CUSTOM_FUNCTION));
    }
  }

  @Override
  public String name() {
    return function.name();
  }

  @Override
  public int outputs() {
    return results.size();
  }

  @Override
  protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      Tensor g = gradients[i];
      Form f = results.get(i);
      all.add(g != null ? g : Executor.full(f.shape, f.dtype, f.device, 0L));
    }
    List<@Nullable Tensor> given = call(all);
    if (given.size() != inputs.size()) {
      throw new AutogradException(
          "[%s] returned an incorrect number of gradients (expected %d, got %d)"
              .formatted(name(), inputs.size(), given.size()));
    }
    @Nullable Tensor[] out = new Tensor[inputs.size()];
    for (int i = 0; i < out.length; i++) {
      Tensor g = given.get(i);
      // The user may hold what the function returns.
      out[i] = g == null || next()[i] == null ? null : Internals.shared(fit(g, inputs.get(i), i));
    }
    return out;
  }

  private List<@Nullable Tensor> call(List<Tensor> gradients) {
    if (!context.isOnce()) {
      return function.backward(context, gradients);
    }
    List<@Nullable Tensor> given;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      given = new ArrayList<>(function.backward(context, gradients));
    }
    if (GradMode.isEnabled()) {
      for (int i = 0; i < given.size(); i++) {
        Tensor g = given.get(i);
        if (g != null) {
          given.set(i, OnceNode.refusing(g, name()));
        }
      }
    }
    return given;
  }

  private Tensor fit(Tensor g, Form input, int i) {
    Tensor r = g;
    if (!r.shape().equals(input.shape)) {
      if (!Broadcasting.fits(input.shape, r.shape())) {
        throw new ShapeException(
            "[%s] returned an invalid gradient at index %d - got %s but expected shape compatible with %s"
                .formatted(name(), i, r.shape(), input.shape));
      }
      r = r.sumToSize(input.shape.toArray());
    }
    return r.dtype() == input.dtype ? r : r.to(input.dtype);
  }

  @Override
  protected void release() {
    context.release();
  }

  /** Stands where a second derivative would be, and refuses to be walked. */
  private static final class OnceNode extends Node {
    private final String of;

    private OnceNode(String of) {
      this.of = of;
    }

    static Tensor refusing(Tensor gradient, String of) {
      Tensor t = Internals.alias(gradient, Internals.operand(gradient));
      Internals.setHistory(t, new OnceNode(of), 0);
      return t;
    }

    @Override
    public String name() {
      return of + "Once";
    }

    @Override
    protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
      throw new AutogradException(
          "[%s] trying to differentiate twice a function that was marked once differentiable"
              .formatted(of));
    }
  }
}
