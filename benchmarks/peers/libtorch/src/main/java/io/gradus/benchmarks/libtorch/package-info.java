/** How libtorch does the rows, through JavaCPP's bindings; nothing about measuring. */
@NullMarked
package io.gradus.benchmarks.libtorch;

import org.jspecify.annotations.NullMarked;
