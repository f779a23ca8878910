/** How ND4J does the rows; nothing about measuring. */
@NullMarked
package io.gradus.benchmarks.nd4j;

import org.jspecify.annotations.NullMarked;
