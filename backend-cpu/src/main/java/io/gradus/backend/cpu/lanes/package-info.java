/**
 * Loops over arrays, one per scalar operation and compute type, scalar and vectorised.
 *
 * <p>{@link io.gradus.backend.cpu.lanes.Lanes} chooses; nothing else here is for other packages.
 * What an operation means is {@link io.gradus.tensor.kernel.ScalarMeaning}; both kinds of loop give
 * its bits. No layouts, no dtypes narrower than a compute type, no threads.
 */
@NullMarked
package io.gradus.backend.cpu.lanes;

import org.jspecify.annotations.NullMarked;
