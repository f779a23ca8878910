package io.gradus.graph;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.error.Messages;
import io.gradus.exec.Executor;
import io.gradus.op.MapProgram;
import io.gradus.rules.Pullback;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/** The record of a pointwise operation. */
public final class MapNode extends Node {
  private static final SavedTensor[] NOTHING = {};

  private final MapProgram forward;
  private final Pullback plan;
  private final SavedTensor[] saved;
  private final long[] params;
  private final Shape shape;
  private final Device device;
  private final @Nullable Shape @Nullable [] operandShapes;
  private final DType[] operandDtypes;
  private final int first;
  private boolean released;

  /**
   * A node whose saved values follow by {@link #save}.
   *
   * @param next one an operand
   * @param first the index in {@code next} of the program's input 0: 1 for an in-place operation
   *     that does not read what it overwrites
   * @param shape of the results
   * @param operandShapes one an input of the program; null where none was broadcast
   */
  public MapNode(
      MapProgram forward,
      Pullback plan,
      @Nullable Edge[] next,
      int first,
      long[] params,
      Shape shape,
      Device device,
      @Nullable Shape @Nullable [] operandShapes,
      DType[] operandDtypes) {
    super(next);
    this.forward = forward;
    this.plan = plan;
    this.first = first;
    this.params = params;
    this.shape = shape;
    this.device = device;
    this.operandShapes = operandShapes;
    this.operandDtypes = operandDtypes;
    int n = plan.savedInputs().length + plan.savedOutputs().length;
    this.saved = n == 0 ? NOTHING : new SavedTensor[n];
  }

  /** Sets saved value {@code k}: the inputs first, then the results. */
  public void save(int k, SavedTensor value) {
    saved[k] = value;
  }

  @Override
  public String name() {
    return forward.gradName();
  }

  @Override
  public int outputs() {
    return forward.results().size();
  }

  @Override
  protected @Nullable Tensor[] backward(@Nullable Tensor[] gradients, boolean keep) {
    @Nullable Tensor[] computed = compute(gradients);
    int[] source = plan.source();
    @Nullable Tensor[] out = new Tensor[next().length];
    if (first == 1 && next()[0] != null && gradients[0] != null) {
      // Nothing of what copy_ overwrote matters: zeros, as in PyTorch, not "unused".
      out[0] = Executor.full(shape, gradients[0].dtype(), device, 0L);
    }
    for (int i = 0; i < source.length; i++) {
      int s = source[i];
      if (s == Pullback.NONE || next()[i + first] == null) {
        continue;
      }
      Tensor g = s >= 0 ? computed[s] : gradients[-1 - s];
      if (g != null && isNeededAgain(source, i)) {
        Internals.keep(g);
      }
      out[i + first] = g == null ? null : restore(g, i);
    }
    return out;
  }

  /** Whether the gradient of operand {@code i} is that of a later one too. */
  private boolean isNeededAgain(int[] source, int i) {
    for (int j = i + 1; j < source.length; j++) {
      if (source[j] == source[i] && next()[j + first] != null) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Tensor[] compute(@Nullable Tensor[] gradients) {
    MapProgram program = plan.program();
    if (program == null) {
      return gradients;
    }
    if (released && program.program().paramCount() > 0) {
      throw new AutogradException(Messages.BACKWARD_TWICE);
    }
    int[] used = plan.gradients();
    Tensor[] args = new Tensor[saved.length + used.length];
    for (int i = 0; i < saved.length; i++) {
      args[i] = saved[i].unpack(this);
    }
    for (int i = 0; i < used.length; i++) {
      Tensor g = gradients[used[i]];
      args[saved.length + i] =
          g != null ? g : Executor.full(shape, forward.results().get(used[i]), device, 0L);
    }
    return Executor.run(program, args, params, shape, device);
  }

  /** Undoes broadcasting and promotion. */
  private Tensor restore(Tensor g, int input) {
    Tensor r = g;
    if (operandShapes != null) {
      Shape to = operandShapes[input];
      if (to != null && !to.equals(r.shape())) {
        r = r.sumToSize(to.toArray());
      }
    }
    return r.dtype() == operandDtypes[input] ? r : r.to(operandDtypes[input]);
  }

  @Override
  protected void release() {
    released = true;
    for (SavedTensor s : saved) {
      s.clear();
    }
  }
}
