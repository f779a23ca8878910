/**
 * NVIDIA's convolutions, where cuDNN is found: its calls, and which kernels it can do.
 *
 * <p>Optional: without it the backend's own kernels do all convolutions.
 */
@NullMarked
package io.gradus.backend.cuda.dnn;

import org.jspecify.annotations.NullMarked;
