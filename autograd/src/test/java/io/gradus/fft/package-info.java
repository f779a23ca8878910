/** Fourier transforms against their definition, and their gradients. */
@NullMarked
package io.gradus.fft;

import org.jspecify.annotations.NullMarked;
