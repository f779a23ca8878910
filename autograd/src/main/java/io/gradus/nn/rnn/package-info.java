/**
 * Recurrent networks, one step or whole sequences, and sequences of different lengths packed into
 * one tensor: PyTorch's names and numerics.
 */
@NullMarked
package io.gradus.nn.rnn;

import org.jspecify.annotations.NullMarked;
