/**
 * Pointwise arithmetic that waits until its result is read, so that a chain of operations becomes
 * one kernel.
 *
 * <p>Here: what waits, what keeps its operands as they were, how chains become programs. Not here:
 * checks and history, which {@code exec} and {@code graph} do at the call.
 */
@NullMarked
package io.gradus.fusion;

import org.jspecify.annotations.NullMarked;
