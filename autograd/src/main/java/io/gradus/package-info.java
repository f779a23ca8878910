/**
 * The tensor that users hold, and what they reach from it.
 *
 * <p>How an operation is checked and run is in {@code exec}, what it computes in {@code op}, how it
 * is differentiated in {@code rules} and {@code graph}.
 */
@NullMarked
package io.gradus;

import org.jspecify.annotations.NullMarked;
