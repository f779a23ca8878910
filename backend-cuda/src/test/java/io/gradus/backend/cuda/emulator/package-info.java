/**
 * An interpreter for PTX, so that kernels can be tested without a GPU: parsing, warps of 32 lanes,
 * checked memory. It knows nothing of the driver's interface, and nothing of tensors.
 */
@NullMarked
package io.gradus.backend.cuda.emulator;

import org.jspecify.annotations.NullMarked;
