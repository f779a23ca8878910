package io.gradus.nn.attention;

import io.gradus.Tensor;
import java.util.function.UnaryOperator;

/**
 * How the layers of a transformer are built.
 *
 * @param feedForward width of the network behind the attention
 * @param dropout probability with which elements are dropped in training
 * @param activation between the two maps of that network
 * @param eps of the normalisations
 * @param batchFirst whether inputs and outputs are [batch, length, e], not [length, batch, e]
 * @param normFirst whether parts normalise their input, not their output
 * @param bias whether maps and normalisations have biases
 */
public record TransformerOptions(
    long feedForward,
    double dropout,
    UnaryOperator<Tensor> activation,
    double eps,
    boolean batchFirst,
    boolean normFirst,
    boolean bias) {
  /** Width 2048, dropout 0.1, rectifiers, normalised outputs, the length first. */
  public static final TransformerOptions DEFAULT =
      new TransformerOptions(2048, 0.1, Tensor::relu, 1e-5, false, false, true);

  /** With another width. */
  public TransformerOptions feedForward(long width) {
    return new TransformerOptions(width, dropout, activation, eps, batchFirst, normFirst, bias);
  }

  /** With another dropout. */
  public TransformerOptions dropout(double p) {
    return new TransformerOptions(feedForward, p, activation, eps, batchFirst, normFirst, bias);
  }

  /** With another activation. */
  public TransformerOptions activation(UnaryOperator<Tensor> function) {
    return new TransformerOptions(feedForward, dropout, function, eps, batchFirst, normFirst, bias);
  }

  /** With another epsilon. */
  public TransformerOptions eps(double value) {
    return new TransformerOptions(
        feedForward, dropout, activation, value, batchFirst, normFirst, bias);
  }

  /** With the batch in front of the length. */
  public TransformerOptions batchFirst(boolean flag) {
    return new TransformerOptions(feedForward, dropout, activation, eps, flag, normFirst, bias);
  }

  /** With normalised inputs instead of outputs. */
  public TransformerOptions normFirst(boolean flag) {
    return new TransformerOptions(feedForward, dropout, activation, eps, batchFirst, flag, bias);
  }

  /** With or without biases. */
  public TransformerOptions bias(boolean flag) {
    return new TransformerOptions(
        feedForward, dropout, activation, eps, batchFirst, normFirst, flag);
  }
}
