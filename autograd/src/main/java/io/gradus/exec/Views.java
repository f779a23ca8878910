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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tensors that show the memory of another one. */
public final class Views {
  /** Of nodes, by the names of operations, of which there are a dozen. */
  private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

  private Views() {}

  /** A view of a tensor; shape errors arise here. */
  public static Tensor view(Tensor t, ViewOp op) {
    return view(t, op, null);
  }

  /** A view with an explicit name of its node; null for that of the operation. */
  public static Tensor view(Tensor t, ViewOp op, @Nullable String gradName) {
    Operand data = Internals.late(t);
    Layout layout = op.apply(data.layout());
    Tensor r = Internals.alias(t, data.with(layout));
    attach(t, op, r);
    if (Record.wanted(t)) {
      String name = gradName == null ? gradName(op) : gradName;
      Internals.setHistory(r, new ViewNode(name, data.layout(), List.of(op), Internals.edge(t)), 0);
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
      Internals.setView(
          t,
          new ViewInfo(
              info.base(), more(info.steps(), op), Internals.version(t).value(), info.creation()));
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
    ViewInfo.Creation creation =
        parent != null && parent.creation() != ViewInfo.Creation.DEFAULT
            ? parent.creation()
            : GradMode.isEnabled() ? ViewInfo.Creation.DEFAULT : ViewInfo.Creation.NO_GRAD;
    Internals.setView(
        view,
        new ViewInfo(
            parent == null ? of : parent.base(),
            parent == null ? List.of(op) : more(parent.steps(), op),
            Internals.version(of).value(),
            creation));
  }

  private static List<ViewOp> more(List<ViewOp> steps, ViewOp last) {
    List<ViewOp> all = new ArrayList<>(steps);
    all.add(last);
    return List.copyOf(all);
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
  private static String gradName(ViewOp op) {
    return NAMES.computeIfAbsent(op.name(), Views::nodeName);
  }

  private static String nodeName(String operation) {
    StringBuilder name = new StringBuilder();
    for (String word : operation.split("_")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name.append("Backward0").toString();
  }
}
