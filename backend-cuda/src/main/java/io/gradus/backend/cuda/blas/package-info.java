/**
 * NVIDIA's matrix products, where cuBLAS is found: its calls, and which products it can do.
 *
 * <p>Optional: without it the backend's own kernels do all products.
 */
@NullMarked
package io.gradus.backend.cuda.blas;

import org.jspecify.annotations.NullMarked;
