/**
 * Layers that bring inputs to mean 0 and variance 1 over some dimensions: PyTorch's names.
 *
 * <p>Layers only; what they compute is in {@link io.gradus.nn.Normalizations}.
 */
@NullMarked
package io.gradus.nn.norm;

import org.jspecify.annotations.NullMarked;
