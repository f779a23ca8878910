package io.gradus.nn.rnn;

import io.gradus.Tensor;

/**
 * The state of a long short-term memory.
 *
 * @param hidden [n, hidden], for {@link LSTM} [layers · directions, n, hidden or projection];
 *     without n for a single sequence
 * @param cell of the same shape with hidden at the end
 */
public record LSTMState(Tensor hidden, Tensor cell) {}
