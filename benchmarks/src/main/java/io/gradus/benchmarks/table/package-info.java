/** Figures and how they are written down: as Markdown with ratios, as tab-separated values. */
@NullMarked
package io.gradus.benchmarks.table;

import org.jspecify.annotations.NullMarked;
