/** Running reductions along an axis. */
@NullMarked
package io.gradus.backend.cpu.scan;

import org.jspecify.annotations.NullMarked;
