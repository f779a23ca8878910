/**
 * Layers that add elements at the ends of the last dimensions, and take some away for negative
 * numbers: PyTorch's names, input [batch, channels, …] or [channels, …].
 *
 * <p>Layers only; what they compute is {@link io.gradus.nn.Rearrangements#pad}.
 */
@NullMarked
package io.gradus.nn.pad;

import org.jspecify.annotations.NullMarked;
