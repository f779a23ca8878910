/** The command: which processes measure what, on which class paths; no formatting here. */
@NullMarked
package io.gradus.benchmarks.run;

import org.jspecify.annotations.NullMarked;
