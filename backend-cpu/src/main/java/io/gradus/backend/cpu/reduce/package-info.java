/** Reductions over any axes, and chains of them; no scans, no sorting. */
@NullMarked
package io.gradus.backend.cpu.reduce;

import org.jspecify.annotations.NullMarked;
