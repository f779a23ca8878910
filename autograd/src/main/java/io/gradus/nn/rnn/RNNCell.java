package io.gradus.nn.rnn;

import io.gradus.Options;
import io.gradus.Tensor;
import java.util.Collections;
import java.util.List;

/** One step of {@link RNN}; see {@link RecurrentCell} for shapes and parameters. */
public final class RNNCell extends RecurrentCell {
  /** With biases. */
  public RNNCell(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, true, Nonlinearity.TANH, Options.DEFAULT);
  }

  /** With settings. */
  public RNNCell(
      long inputSize, long hiddenSize, boolean bias, Nonlinearity kind, Options tensors) {
    super("RNNCell", kind.cell(), 1, inputSize, hiddenSize, bias, tensors);
  }

  /** From a state of zeros. */
  public Tensor call(Tensor input) {
    return step(input, Collections.singletonList(null)).getFirst();
  }

  /** The next hidden state. */
  public Tensor call(Tensor input, Tensor hidden) {
    return step(input, List.of(hidden)).getFirst();
  }
}
