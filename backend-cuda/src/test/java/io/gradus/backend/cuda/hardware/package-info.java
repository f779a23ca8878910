/**
 * What {@code backend-cuda/on-hardware.sh} runs on a machine with a GPU: conformance, PyTorch's
 * answers, and the table of speeds. Plain programs, so that a small runtime without JUnit's
 * launcher or Maven can run them.
 */
@NullMarked
package io.gradus.backend.cuda.hardware;

import org.jspecify.annotations.NullMarked;
