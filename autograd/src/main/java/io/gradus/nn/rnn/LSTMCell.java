package io.gradus.nn.rnn;

import io.gradus.Options;
import io.gradus.Tensor;
import java.util.Arrays;
import java.util.List;

/** One step of {@link LSTM}; see {@link RecurrentCell} for shapes and parameters. */
public final class LSTMCell extends RecurrentCell {
  /** With biases. */
  public LSTMCell(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, true, Options.DEFAULT);
  }

  /** With settings. */
  public LSTMCell(long inputSize, long hiddenSize, boolean bias, Options tensors) {
    super("LSTMCell", Cell.LSTM, 4, inputSize, hiddenSize, bias, tensors);
  }

  /** From a state of zeros. */
  public LSTMState call(Tensor input) {
    return state(step(input, Arrays.asList(null, null)));
  }

  /** The next state. */
  public LSTMState call(Tensor input, LSTMState state) {
    return state(step(input, List.of(state.hidden(), state.cell())));
  }

  private static LSTMState state(List<Tensor> parts) {
    return new LSTMState(parts.get(0), parts.get(1));
  }
}
