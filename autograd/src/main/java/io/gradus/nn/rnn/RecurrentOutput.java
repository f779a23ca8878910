package io.gradus.nn.rnn;

import io.gradus.Tensor;

/**
 * What {@link RNN} and {@link GRU} compute.
 *
 * @param output the hidden states of the last layer, of the form of the input
 * @param hidden the last hidden state of each layer and direction: [layers · directions, batch,
 *     hidden], or without the batch
 */
public record RecurrentOutput(Tensor output, Tensor hidden) {}
