package io.gradus.optim;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an optimizer remembers of one parameter: a step count and tensors by PyTorch's names. */
public final class ParameterState {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private long step;

  /** Nothing yet. */
  public ParameterState() {}

  /** The number of steps so far. */
  public long step() {
    return step;
  }

  /** Sets the number of steps. */
  public void step(long value) {
    step = value;
  }

  /** Counts one more step, and returns the new number. */
  long advance() {
    return ++step;
  }

  /** The tensors by name; changes show here. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The tensor of a name; zeros like the parameter the first time. */
  Tensor zerosOnce(String name, Tensor like) {
    return tensors.computeIfAbsent(name, n -> Tensor.zerosLike(like));
  }

  /** A single f32 number of a name; {@code first} the first time. */
  Tensor number(String name, double first) {
    return tensors.computeIfAbsent(
        name, n -> Tensor.full(Options.dtype(DType.F32), new long[0], first));
  }

  ParameterState copy() {
    ParameterState copy = new ParameterState();
    copy.step = step;
    tensors.forEach((name, t) -> copy.tensors.put(name, t.detach().clone()));
    return copy;
  }
}
