package io.gradus.nn.rnn;

import io.gradus.Options;
import io.gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Long short-term memory with the gates input, forget, candidate and output; see {@link Recurrent}
 * for shapes and parameters.
 *
 * <p>S. Hochreiter and J. Schmidhuber, "Long Short-Term Memory", 1997.
 */
public final class LSTM extends Recurrent {
  /**
   * What was computed.
   *
   * @param output the hidden states of the last layer, of the form of the input
   * @param state the last state of each layer and direction
   */
  public record Output(Tensor output, LSTMState state) {}

  /**
   * What was computed of packed sequences.
   *
   * @param output the hidden states of the last layer, packed as the input
   * @param state the last state of each layer and direction, in the caller's order
   */
  public record Packed(PackedSequence output, LSTMState state) {}

  /** One layer, with biases. */
  public LSTM(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, RecurrentOptions.DEFAULT);
  }

  /** With options. */
  public LSTM(long inputSize, long hiddenSize, RecurrentOptions options) {
    this(inputSize, hiddenSize, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public LSTM(long inputSize, long hiddenSize, RecurrentOptions options, Options tensors) {
    super("LSTM", Cell.LSTM, 4, inputSize, hiddenSize, options, tensors);
  }

  /** From a state of zeros. */
  public Output call(Tensor input) {
    return output(run(input, Arrays.asList(null, null)));
  }

  /** From a state. */
  public Output call(Tensor input, LSTMState start) {
    return output(run(input, List.of(start.hidden(), start.cell())));
  }

  /** Packed sequences, from a state of zeros. */
  public Packed call(PackedSequence input) {
    return packed(input, Arrays.asList(null, null));
  }

  /** Packed sequences, from a state in the caller's order. */
  public Packed call(PackedSequence input, LSTMState start) {
    return packed(input, List.of(start.hidden(), start.cell()));
  }

  private static Output output(Result r) {
    return new Output(r.output(), new LSTMState(r.last().get(0), r.last().get(1)));
  }

  private Packed packed(PackedSequence input, List<@Nullable Tensor> start) {
    Result r = run(input, start);
    return new Packed(input.with(r.output()), new LSTMState(r.last().get(0), r.last().get(1)));
  }
}
