/**
 * What {@link io.gradus.Fft} is made of: arguments, transforms with their gradients, and frames of
 * signals. How a line is transformed belongs to the backends.
 */
@NullMarked
package io.gradus.fft;

import org.jspecify.annotations.NullMarked;
