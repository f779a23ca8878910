/**
 * Layers that resample images and move elements between channels and positions: PyTorch's names.
 *
 * <p>Layers only; what they compute is in {@link io.gradus.nn.Interpolation}, {@link
 * io.gradus.nn.Rearrangements} and {@link io.gradus.nn.Convolutions}.
 */
@NullMarked
package io.gradus.nn.image;

import org.jspecify.annotations.NullMarked;
