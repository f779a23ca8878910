/** Convolutions of any stride, padding, dilation and grouping, without a matrix of windows. */
@NullMarked
package io.gradus.backend.cpu.convolve;

import org.jspecify.annotations.NullMarked;
