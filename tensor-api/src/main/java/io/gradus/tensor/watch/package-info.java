/**
 * What devices tell about their work while somebody listens: kernels, and memory from pools.
 *
 * <p>Devices call {@link io.gradus.tensor.watch.Watch}; who listens is a flight recording, a
 * profiler, or nobody. Nothing here changes what is computed.
 */
@NullMarked
package io.gradus.tensor.watch;

import org.jspecify.annotations.NullMarked;
