/** How DJL's PyTorch engine does the rows; nothing about measuring. */
@NullMarked
package io.gradus.benchmarks.djl;

import org.jspecify.annotations.NullMarked;
