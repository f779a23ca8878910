/** Gather and scatter. */
@NullMarked
package io.gradus.backend.cpu.index;

import org.jspecify.annotations.NullMarked;
