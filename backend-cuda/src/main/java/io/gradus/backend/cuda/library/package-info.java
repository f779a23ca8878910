/**
 * Libraries of NVIDIA's that are used where they are found: where they may be, and what they need
 * of the device. What each of them does has a package of its own.
 */
@NullMarked
package io.gradus.backend.cuda.library;

import org.jspecify.annotations.NullMarked;
