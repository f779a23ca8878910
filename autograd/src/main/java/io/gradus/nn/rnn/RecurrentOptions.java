package io.gradus.nn.rnn;

import io.gradus.tensor.error.InvalidArgumentException;

/**
 * How a recurrent network is built.
 *
 * @param layers how many are stacked
 * @param bias whether there are biases
 * @param batchFirst whether inputs and outputs are [batch, length, *] instead of [length, batch, *]
 * @param dropout probability with which the outputs of all layers but the last are dropped
 * @param bidirectional whether each layer also runs from the end to the start
 * @param projection size that the hidden state is projected to, 0 for none; LSTM only
 */
public record RecurrentOptions(
    int layers,
    boolean bias,
    boolean batchFirst,
    double dropout,
    boolean bidirectional,
    long projection) {
  /** One layer, one direction, with biases; the length comes first. */
  public static final RecurrentOptions DEFAULT = new RecurrentOptions(1, true, false, 0, false, 0);

  /** More would only fill the memory before anything is computed. */
  private static final int MOST_LAYERS = 4096;

  /** Refuses a number of layers below 1 or above 4096, and a dropout outside [0, 1]. */
  public RecurrentOptions {
    if (layers < 1) {
      throw new InvalidArgumentException("[rnn] num_layers must be greater than zero: " + layers);
    }
    if (layers > MOST_LAYERS) {
      throw new InvalidArgumentException(
          "[rnn] num_layers must be at most %d, but got %d".formatted(MOST_LAYERS, layers));
    }
    if (!(dropout >= 0 && dropout <= 1)) {
      throw new InvalidArgumentException(
          "[rnn] dropout should be a number in range [0, 1]: " + dropout);
    }
    if (projection < 0) {
      throw new InvalidArgumentException(
          "[rnn] proj_size should be a positive integer or zero to disable projections: "
              + projection);
    }
  }

  /** With stacked layers. */
  public RecurrentOptions layers(int count) {
    return new RecurrentOptions(count, bias, batchFirst, dropout, bidirectional, projection);
  }

  /** With or without biases. */
  public RecurrentOptions bias(boolean flag) {
    return new RecurrentOptions(layers, flag, batchFirst, dropout, bidirectional, projection);
  }

  /** With the batch in front of the length. */
  public RecurrentOptions batchFirst(boolean flag) {
    return new RecurrentOptions(layers, bias, flag, dropout, bidirectional, projection);
  }

  /** With dropout between layers. */
  public RecurrentOptions dropout(double p) {
    return new RecurrentOptions(layers, bias, batchFirst, p, bidirectional, projection);
  }

  /** In both directions. */
  public RecurrentOptions bidirectional(boolean flag) {
    return new RecurrentOptions(layers, bias, batchFirst, dropout, flag, projection);
  }

  /** With a projection of the hidden state. */
  public RecurrentOptions projection(long size) {
    return new RecurrentOptions(layers, bias, batchFirst, dropout, bidirectional, size);
  }

  int directions() {
    return bidirectional ? 2 : 1;
  }
}
