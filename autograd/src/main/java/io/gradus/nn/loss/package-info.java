/**
 * Losses as modules: PyTorch's names; most average over the elements unless told otherwise.
 *
 * <p>Modules only; what they compute is in {@link io.gradus.nn.ElementLosses}, {@link
 * io.gradus.nn.MarginLosses} and {@link io.gradus.nn.SequenceLosses}.
 */
@NullMarked
package io.gradus.nn.loss;

import org.jspecify.annotations.NullMarked;
