/**
 * Convolutions of any stride, padding, dilation and grouping.
 *
 * <p>The matrix of all windows, which would repeat each element of an image as often as windows
 * overlap, is never made as a whole. Windows are read where they lie in the padded image, or are
 * copied for a few neighbouring results at a time, into panels that stay in a core's cache ({@code
 * FloatWindowPanels}).
 */
@NullMarked
package io.gradus.backend.cpu.convolve;

import org.jspecify.annotations.NullMarked;
