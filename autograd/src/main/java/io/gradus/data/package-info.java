/**
 * Data sets, samplers and loaders.
 *
 * <p>The order and the random numbers of a loader depend on its generator only, never on the number
 * of workers.
 */
@NullMarked
package io.gradus.data;

import org.jspecify.annotations.NullMarked;
