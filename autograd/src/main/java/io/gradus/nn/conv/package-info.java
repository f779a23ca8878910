/**
 * Layers that convolve signals, images and volumes with learnt kernels: PyTorch's names.
 *
 * <p>Layers only; what they compute is in {@link io.gradus.nn.Convolutions}.
 */
@NullMarked
package io.gradus.nn.conv;

import org.jspecify.annotations.NullMarked;
