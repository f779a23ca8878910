/**
 * The device that defines what kernels mean: naive, one element at a time, slow.
 *
 * <p>What is clever belongs into a backend.
 */
@NullMarked
package io.gradus.tck.reference;

import org.jspecify.annotations.NullMarked;
