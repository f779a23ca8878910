package io.gradus.nn.rnn;

import io.gradus.Options;
import io.gradus.Tensor;
import java.util.Collections;
import java.util.List;

/** One step of {@link GRU}; see {@link RecurrentCell} for shapes and parameters. */
public final class GRUCell extends RecurrentCell {
  /** With biases. */
  public GRUCell(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, true, Options.DEFAULT);
  }

  /** With settings. */
  public GRUCell(long inputSize, long hiddenSize, boolean bias, Options tensors) {
    super("GRUCell", Cell.GRU, 3, inputSize, hiddenSize, bias, tensors);
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
