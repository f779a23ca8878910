/**
 * Modules, layers, losses and initialisers, with PyTorch's names and numerics.
 *
 * <p>What a layer computes is in {@link io.gradus.nn.Functional}; layers add parameters and modes.
 */
@NullMarked
package io.gradus.nn;

import org.jspecify.annotations.NullMarked;
