package io.gradus.nn.rnn;

import io.gradus.Tensor;

/**
 * What {@link RNN} and {@link GRU} compute of packed sequences.
 *
 * @param output the hidden states of the last layer, packed as the input
 * @param hidden the last hidden state of each layer and direction, in the caller's order of the
 *     sequences: [layers · directions, batch, hidden]
 */
public record PackedOutput(PackedSequence output, Tensor hidden) {}
