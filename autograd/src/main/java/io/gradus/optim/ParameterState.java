package io.gradus.optim;

import io.gradus.Tensor;
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

  ParameterState copy() {
    ParameterState copy = new ParameterState();
    copy.step = step;
    tensors.forEach((name, t) -> copy.tensors.put(name, t.detach().clone()));
    return copy;
  }
}
