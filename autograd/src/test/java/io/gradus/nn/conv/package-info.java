/** Tests of layers that convolve beyond what the golden cases show. */
@NullMarked
package io.gradus.nn.conv;

import org.jspecify.annotations.NullMarked;
