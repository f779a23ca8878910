package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.exec.Transfers;
import io.gradus.graph.AccumulateGrad;
import io.gradus.graph.Edge;
import io.gradus.graph.GradMode;
import io.gradus.graph.HookHandle;
import io.gradus.graph.Node;
import io.gradus.graph.TensorHooks;
import io.gradus.graph.VersionCounter;
import io.gradus.op.Arithmetic;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A multidimensional array of numbers on a device, with a memory of how it was computed.
 *
 * <p>Names and meaning are PyTorch's, in camel case; methods that end in {@code _} write into this
 * tensor. Operations come by subject from the interfaces this class implements, factories from
 * {@link TensorFactories}. Tensors need not be closed: the garbage collector owns their memory.
 *
 * <p>Reading a tensor from several threads is safe, writing it while others read or write is not.
 */
public sealed class Tensor extends TensorFactories
    implements ElementwiseMethods,
        BoundMethods,
        FunctionMethods,
        ComparisonMethods,
        LogicMethods,
        ActivationMethods,
        ReductionMethods,
        ScanMethods,
        SortMethods,
        StatisticsMethods,
        DifferenceMethods,
        ArrangeMethods,
        SplitMethods,
        RepeatMethods,
        ViewMethods,
        IndexMethods,
        IndexWriteMethods,
        SliceWriteMethods,
        CompositeMethods,
        RealNumberMethods,
        MatrixMethods,
        InPlaceMethods,
        InPlaceBoundMethods,
        InPlaceFunctionMethods,
        InPlaceLogicMethods,
        InPlaceMatrixMethods,
        InPlaceActivationMethods,
        RandomMethods,
        DataMethods
    permits Parameter {
  Operand data;
  VersionCounter version;
  boolean requiresGrad;
  volatile @Nullable Edge edge;
  @Nullable Tensor grad;
  @Nullable ViewInfo view;
  boolean shared;
  boolean retainsGrad;
  final boolean inference;

  Tensor(Operand data, VersionCounter version) {
    this.data = data;
    this.version = version;
    this.inference = GradMode.isInference();
  }

  @Override
  public final Tensor self() {
    return this;
  }

  /** The sizes of the dimensions. */
  public final Shape shape() {
    return data.layout().shape();
  }

  /** The size of a dimension; negative ones count from the end. */
  public final long size(int dim) {
    return shape().size(dim);
  }

  /** The number of dimensions. */
  public final int dim() {
    return data.layout().rank();
  }

  /** The number of elements. */
  public final long numel() {
    return data.layout().numel();
  }

  /** The type of the elements. */
  public final DType dtype() {
    return data.dtype();
  }

  /** The device whose memory holds the elements. */
  public final Device device() {
    return data.storage().device();
  }

  /** For each dimension the distance in memory between neighbours, in elements. */
  public final long[] stride() {
    return data.layout().strides();
  }

  /** The distance in memory between neighbours along a dimension, in elements. */
  public final long stride(int dim) {
    if (dim() == 0) {
      throw new TensorIndexException(
          "[stride] Dimension specified as " + dim + " but tensor has no dimensions");
    }
    return data.layout().stride(Shape.wrapDim(dim, dim()));
  }

  /** Where in its storage the tensor begins, in elements. */
  public final long storageOffset() {
    return data.layout().offset();
  }

  /** Whether the elements lie behind each other in row-major order. */
  public final boolean isContiguous() {
    return data.layout().isContiguous();
  }

  /** Whether both show the same storage, at whatever place. */
  public final boolean sameStorage(Tensor other) {
    return Internals.operand(this).storage() == Internals.operand(other).storage();
  }

  /** Whether this tensor is a differentiable view of another one. */
  public final boolean isView() {
    return view != null;
  }

  /** The number of in-place writes to this memory; shared with views and {@link #detach}. */
  public final int version() {
    return version.value();
  }

  /** Whether operations on this tensor are recorded. */
  public final boolean requiresGrad() {
    ViewInfo v = view;
    if (v == null) {
      return requiresGrad;
    }
    Internals.edge(this);
    // Also a view that was made inside noGrad, although no gradient flows through it: as PyTorch.
    return requiresGrad || v.base().requiresGrad();
  }

  /** Whether the tensor was not computed from others that require grad. */
  public final boolean isLeaf() {
    return gradFn() == null;
  }

  /** The node that computed this tensor; null for a leaf. */
  public final @Nullable Node gradFn() {
    if (view != null) {
      Internals.edge(this);
    }
    Edge e = edge;
    return e == null || e.node() instanceof AccumulateGrad ? null : e.node();
  }

  /**
   * The gradient that backward has accumulated; null if there is none.
   *
   * <p>Tensors that are not leaves keep theirs only after {@link #retainGrad}; asking one that does
   * not for it logs an explanation, once.
   */
  public final @Nullable Tensor grad() {
    if (grad == null && !retainsGrad && requiresGrad && !isLeaf()) {
      TensorHooks.explainMissingGrad();
    }
    return grad == null ? null : Internals.shared(grad);
  }

  /**
   * Replaces the gradient; null removes it, and its memory is free at once if nobody has seen it.
   *
   * @throws AutogradException if shape, dtype or device differ from this tensor's
   */
  public final void setGrad(@Nullable Tensor value) {
    if (value != null
        && (!value.shape().equals(shape())
            || value.dtype() != dtype()
            || value.device() != device())) {
      throw new AutogradException(
          "[grad] assigned grad has data of a different size or type: %s %s on %s for a tensor %s %s on %s"
              .formatted(
                  value.dtype(),
                  value.shape(),
                  value.device().name(),
                  dtype(),
                  shape(),
                  device().name()));
    }
    if (value == null) {
      Internals.dropGrad(this);
    } else {
      grad = Internals.lasting(Internals.shared(value));
    }
  }

  /**
   * Switches recording for a leaf, and returns it.
   *
   * @throws DTypeException for dtypes that are not floating
   * @throws AutogradException on switching it off for a tensor that is not a leaf
   */
  public final Tensor requiresGrad_(boolean flag) {
    if (flag && !dtype().isFloating()) {
      throw new DTypeException(
          "[requiresGrad_] only Tensors of floating point dtype can require gradients: dtype "
              + dtype()
              + "; convert with to(f32) first");
    }
    if (!flag && !isLeaf()) {
      throw new AutogradException(
          "[requiresGrad_] you can only change requires_grad flags of leaf variables: this one was"
              + " computed by "
              + gradFn()
              + "; use detach() to get one that is not recorded");
    }
    if (flag && inference && !GradMode.isInference()) {
      throw new AutogradException(
          "[requiresGrad_] Setting requires_grad=True on inference tensor outside InferenceMode is"
              + " not allowed; clone() it first");
    }
    if (isLeaf()) {
      requiresGrad = flag;
    }
    return this;
  }

  /** {@link #requiresGrad_(boolean)} with true. */
  public final Tensor requiresGrad_() {
    return requiresGrad_(true);
  }

  /** The same memory without history; writing either one is noticed by backward. */
  public final Tensor detach() {
    return Internals.alias(this, data);
  }

  /**
   * Cuts this tensor from its history and makes it a leaf.
   *
   * @throws AutogradException for a view, whose history belongs to its base
   */
  public final Tensor detach_() {
    if (view != null && requiresGrad()) {
      throw new AutogradException("[detach_] Can't detach views in-place; use detach() instead");
    }
    Internals.clearHistory(this);
    return this;
  }

  /** The same memory without history and with a version counter of its own: writes go unnoticed. */
  public final Tensor data() {
    Tensor t = Internals.alias(this, data);
    t.version = new VersionCounter();
    return t;
  }

  /** Replaces the contents of this tensor by those of another one, history untouched. */
  public final void setData(Tensor other) {
    if (other.dtype() != dtype() && requiresGrad && !other.dtype().isFloating()) {
      throw new DTypeException(
          "[setData] data set to a tensor that requires gradients must be floating point: dtype "
              + other.dtype());
    }
    data = Internals.lasting(other).data;
  }

  /** Keeps the gradient of a tensor that is not a leaf, as {@link #grad}. */
  public final void retainGrad() {
    TensorHooks.retainGrad(this);
  }

  /** Whether a tensor that is not a leaf keeps its gradient. */
  public final boolean retainsGrad() {
    return retainsGrad;
  }

  /**
   * Calls a function with the gradient of this tensor, during backward; what it returns, if not
   * null, replaces the gradient.
   */
  public final HookHandle registerHook(Function<Tensor, @Nullable Tensor> hook) {
    return TensorHooks.register(this, hook);
  }

  /** Calls a function with this leaf after each accumulation into its {@link #grad}. */
  public final HookHandle registerPostAccumulateGradHook(Consumer<Tensor> hook) {
    return TensorHooks.registerPostAccumulate(this, hook);
  }

  /** Computes the gradients of all leaves this one-element tensor depends on. */
  public final void backward() {
    Autograd.backward(List.of(this), null, null, false, null);
  }

  /** The vector-Jacobian product: {@code gradient} has the shape of this tensor. */
  public final void backward(Tensor gradient) {
    Autograd.backward(List.of(this), List.of(gradient), null, false, null);
  }

  /** {@link #backward()} for a graph that is walked again. */
  public final void backward(boolean retainGraph) {
    Autograd.backward(List.of(this), null, retainGraph, false, null);
  }

  /**
   * Computes gradients.
   *
   * @param gradient of this tensor; null for 1
   * @param retainGraph keeps what was saved, so that backward can be called again; null for the
   *     value of createGraph
   * @param createGraph makes the gradients differentiable
   * @param inputs accumulate only into these; null for all leaves
   */
  public final void backward(
      @Nullable Tensor gradient,
      @Nullable Boolean retainGraph,
      boolean createGraph,
      @Nullable List<Tensor> inputs) {
    Autograd.backward(
        List.of(this),
        gradient == null ? null : List.of(gradient),
        retainGraph,
        createGraph,
        inputs);
  }

  /** A copy with memory of its own that carries gradient. */
  @Override
  @SuppressWarnings({"MethodDoesntCallSuperMethod", "CloneDeclaresCloneNotSupported"})
  public final Tensor clone() {
    return Executor.map(Arithmetic.CLONE, this);
  }

  /** This tensor on a device; itself if it is there already. */
  public final Tensor to(Device device) {
    return Transfers.to(this, device);
  }

  /** Where the elements lie; for messages and debugging. */
  final Layout layout() {
    return data.layout();
  }

  @Override
  public String toString() {
    return io.gradus.print.TensorPrinter.print(this);
  }
}
