/**
 * Elementwise functions and the normalised exponentials, as layers: PyTorch's names, input of any
 * shape, output of the same shape unless said otherwise.
 *
 * <p>Layers only; what they compute is in {@link io.gradus.Tensor} and {@link io.gradus.nn.Gates}.
 */
@NullMarked
package io.gradus.nn.activation;

import org.jspecify.annotations.NullMarked;
