package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.ViewInfo;
import io.gradus.graph.Edge;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.graph.ViewNode;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.ViewOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tensors that show the memory of another one. */
public final class Views {
  private Views() {}

  /** A view of a tensor; shape errors arise here. */
  public static Tensor view(Tensor t, ViewOp op) {
    return view(t, op, gradName(op));
  }

  /** A view with an explicit name of its node. */
  public static Tensor view(Tensor t, ViewOp op, String gradName) {
    Operand data = Internals.late(t);
    Layout layout = op.apply(data.layout());
    Tensor r = Internals.alias(t, data.with(layout));
    attach(t, op, r);
    if (Record.wanted(t)) {
      Internals.setHistory(
          r, new ViewNode(gradName, data.layout(), List.of(op), Internals.edge(t)), 0);
    }
    return r;
  }

  /** A fresh result that nobody else holds under another shape: no view, but recorded. */
  static Tensor unsafeView(Tensor fresh, Shape shape) {
    Shape before = fresh.shape();
    return Record.rule(
        "UnsafeViewBackward0",
        Internals.fresh(Internals.operand(fresh).with(Layout.of(shape))),
        fresh,
        (g, saved, needs) -> new Tensor[] {g.reshape(before.toArray())});
  }

  /** A row-major copy under another shape, as {@code reshape} makes where it cannot share. */
  public static Tensor unsafeCopyView(Tensor t, Shape shape) {
    return unsafeView(t.cloneContiguous(), shape);
  }

  /** Gives a tensor itself another layout over its memory, as {@code t_} does. */
  public static Tensor become(Tensor t, String name, ViewOp op, String gradName) {
    boolean recorded = Record.wanted(t);
    InPlace.checkWritable(name, t, recorded);
    Operand data = Internals.operand(t);
    Layout layout = op.apply(data.layout());
    Edge before = Internals.edge(t);
    Internals.setOperand(t, data.with(layout));
    Internals.version(t).bump();
    ViewInfo info = Internals.view(t);
    if (info != null) {
      List<ViewOp> steps = new ArrayList<>(info.steps());
      steps.add(op);
      Internals.setView(
          t,
          new ViewInfo(
              info.base(), List.copyOf(steps), Internals.version(t).value(), info.creation()));
    }
    if (recorded) {
      Internals.setHistory(t, new ViewNode(gradName, data.layout(), List.of(op), before), 0);
    }
    return t;
  }

  /** Several views that were one operation (split, unbind): none may be written in place. */
  public static void markMultiOutput(Tensor view) {
    ViewInfo info = Internals.view(view);
    if (info != null) {
      Internals.setView(
          view,
          new ViewInfo(info.base(), info.steps(), info.recorded(), ViewInfo.Creation.MULTI_OUTPUT));
    }
  }

  private static void attach(Tensor of, ViewOp op, Tensor view) {
    if (Internals.isInference(of)) {
      return;
    }
    ViewInfo parent = Internals.view(of);
    List<ViewOp> steps = new ArrayList<>();
    if (parent != null) {
      steps.addAll(parent.steps());
    }
    steps.add(op);
    ViewInfo.Creation creation =
        parent != null && parent.creation() != ViewInfo.Creation.DEFAULT
            ? parent.creation()
            : GradMode.isEnabled() ? ViewInfo.Creation.DEFAULT : ViewInfo.Creation.NO_GRAD;
    Internals.setView(
        view,
        new ViewInfo(
            parent == null ? of : parent.base(),
            List.copyOf(steps),
            Internals.version(of).value(),
            creation));
  }

  /** The same steps on another base. */
  public static Tensor replay(Tensor base, List<ViewOp> steps) {
    Tensor t = base;
    for (ViewOp step : steps) {
      t = view(t, step);
    }
    return t;
  }

  /** Gives a view whose memory was written in place since the history that its base has now. */
  public static void refreshHistory(Tensor view) {
    ViewInfo info = Internals.view(view);
    if (info == null) {
      return;
    }
    Tensor base = info.base();
    if (Internals.rawEdge(view) == null && !base.requiresGrad()) {
      return;
    }
    int now = Internals.version(view).value();
    if (info.recorded() == now) {
      return;
    }
    Internals.setView(view, info.at(now));
    @Nullable Edge edge = Internals.edge(base);
    if (edge != null && view.dtype().isFloating()) {
      Layout layout = Internals.operand(base).layout();
      Internals.setHistory(view, new ViewNode("AsStridedBackward0", layout, info.steps(), edge), 0);
    }
  }

  /** {@code as_strided} becomes {@code AsStridedBackward0}. */
  static String gradName(ViewOp op) {
    StringBuilder name = new StringBuilder();
    boolean upper = true;
    for (char c : op.name().toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return name.append("Backward0").toString();
  }
}
