package io.gradus.nn.rnn;

import io.gradus.Options;
import io.gradus.Tensor;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code h' = tanh(W x + b + U h + c)}, or with max(0, ·) for tanh; see {@link Recurrent} for
 * shapes and parameters.
 */
public final class RNN extends Recurrent {
  /** One layer, with biases. */
  public RNN(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, RecurrentOptions.DEFAULT);
  }

  /** With options. */
  public RNN(long inputSize, long hiddenSize, RecurrentOptions options) {
    this(inputSize, hiddenSize, Nonlinearity.TANH, options, Options.DEFAULT);
  }

  /** With options; see {@link Nonlinearity}. */
  public RNN(long inputSize, long hiddenSize, Nonlinearity kind, RecurrentOptions options) {
    this(inputSize, hiddenSize, kind, options, Options.DEFAULT);
  }

  /** With a dtype and a device. */
  public RNN(
      long inputSize,
      long hiddenSize,
      Nonlinearity kind,
      RecurrentOptions options,
      Options tensors) {
    super("RNN", kind.cell(), 1, inputSize, hiddenSize, options, tensors);
  }

  /** From a state of zeros. */
  public RecurrentOutput call(Tensor input) {
    return output(run(input, Collections.singletonList(null)));
  }

  /** From a hidden state. */
  public RecurrentOutput call(Tensor input, Tensor start) {
    return output(run(input, List.of(start)));
  }

  /** Packed sequences, from a state of zeros. */
  public PackedOutput call(PackedSequence input) {
    return packed(input, Collections.singletonList(null));
  }

  /** Packed sequences, from a hidden state in the caller's order. */
  public PackedOutput call(PackedSequence input, Tensor start) {
    return packed(input, List.of(start));
  }

  private static RecurrentOutput output(Result r) {
    return new RecurrentOutput(r.output(), r.last().getFirst());
  }

  private PackedOutput packed(PackedSequence input, List<@Nullable Tensor> start) {
    Result r = run(input, start);
    return new PackedOutput(input.with(r.output()), r.last().getFirst());
  }
}
