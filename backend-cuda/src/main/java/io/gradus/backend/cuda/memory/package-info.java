/**
 * Who gets which part of a GPU's memory: the caching allocator and when its blocks come back.
 *
 * <p>Knows the driver only through {@link io.gradus.backend.cuda.memory.DeviceMemory}.
 */
@NullMarked
package io.gradus.backend.cuda.memory;

import org.jspecify.annotations.NullMarked;
