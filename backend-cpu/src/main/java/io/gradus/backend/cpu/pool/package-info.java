/** Maxima of windows. */
@NullMarked
package io.gradus.backend.cpu.pool;

import org.jspecify.annotations.NullMarked;
