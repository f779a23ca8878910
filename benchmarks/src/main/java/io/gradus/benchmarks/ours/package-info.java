/** How Gradus does the rows: one file a group of rows, nothing about measuring. */
@NullMarked
package io.gradus.benchmarks.ours;

import org.jspecify.annotations.NullMarked;
