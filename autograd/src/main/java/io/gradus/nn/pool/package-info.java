/**
 * Layers that take the largest element, the mean or another norm of windows: PyTorch's names, input
 * [batch, channels, …] or [channels, …] with one to three more dimensions.
 *
 * <p>Layers only; what they compute is in {@link io.gradus.nn.Pooling}.
 */
@NullMarked
package io.gradus.nn.pool;

import org.jspecify.annotations.NullMarked;
