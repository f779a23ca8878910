package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.error.Messages;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.kernel.Operand;
import org.jspecify.annotations.Nullable;

/**
 * A value kept for backward: its memory, its place in the graph, and the version that memory had.
 *
 * <p>It does not keep the tensor object, whose history an in-place operation may replace.
 */
public final class SavedTensor {
  private @Nullable Operand data;
  private @Nullable SavedTensorHooks hooks;
  private @Nullable Object packed;
  private final @Nullable Edge edge;
  private final VersionCounter counter;
  private final int version;

  /** Saves a tensor as it is now. */
  public SavedTensor(Tensor tensor) {
    this(tensor, Internals.edge(tensor));
  }

  /** Saves a result of the node under construction, whose edge the tensor does not have yet. */
  public SavedTensor(Tensor tensor, @Nullable Edge edge) {
    if (Internals.isInference(tensor)) {
      throw new AutogradException(
          "[saved tensor] Inference tensors cannot be saved for backward: shape "
              + tensor.shape()
              + "; clone it outside inferenceMode to get a normal tensor");
    }
    SavedTensorHooks hooks = SavedTensorHooks.current();
    if (hooks == null) {
      this.data = Internals.late(tensor);
      Internals.keep(tensor);
    } else {
      this.hooks = hooks;
      this.packed = hooks.pack(tensor.detach());
    }
    this.edge = edge;
    this.counter = Internals.version(tensor);
    this.version = counter.value();
  }

  /**
   * The tensor as it was saved.
   *
   * @throws AutogradException if it was written in place since, or backward has freed it
   */
  public Tensor unpack(Node node) {
    SavedTensorHooks h = hooks;
    Object p = packed;
    if (h != null && p != null) {
      Tensor t = h.unpack(p);
      return Internals.unpacked(Internals.late(t), edge, Internals.version(t));
    }
    Operand d = data;
    if (d == null) {
      throw new AutogradException(Messages.BACKWARD_TWICE);
    }
    if (edge != null && edge.node() instanceof AccumulateGrad end) {
      // A leaf is saved as the tensor it is: setData shows.
      d = Internals.late(end.leaf());
    }
    if (counter.value() != version) {
      throw new AutogradException(
          "one of the variables needed for gradient computation has been modified by an inplace operation: [%s %s] needed by %s is at version %d; expected version %d instead. Work on a clone(), or use the out-of-place operation."
              .formatted(d.dtype(), d.layout().shape(), node.name(), counter.value(), version));
    }
    return Internals.unpacked(d, edge, counter);
  }

  /** Lets go of the memory. */
  public void clear() {
    data = null;
    packed = null;
  }

  /** Whether {@link #clear} was called. */
  public boolean isCleared() {
    return data == null && packed == null;
  }
}
