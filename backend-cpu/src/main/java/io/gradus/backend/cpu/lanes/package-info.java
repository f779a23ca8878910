/**
 * Loops over arrays, one per scalar operation and compute type, scalar and vectorised.
 *
 * <p>{@link io.gradus.backend.cpu.lanes.Lanes} chooses between the two. Other packages use it and
 * the three other public classes: {@link io.gradus.backend.cpu.lanes.Trial} for vector loops of
 * their own, {@link io.gradus.backend.cpu.lanes.NormalLanes} and {@link
 * io.gradus.backend.cpu.lanes.TransposeLanes} for loops that are no scalar operation.
 *
 * <p>What an operation means is {@link io.gradus.tensor.kernel.ScalarMeaning}; both kinds of loop
 * give its bits. No layouts, no dtypes narrower than a compute type, no threads.
 */
@NullMarked
package io.gradus.backend.cpu.lanes;

import org.jspecify.annotations.NullMarked;
