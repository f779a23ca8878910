/**
 * Optimizers: a whole step of a parameter is one pass over its memory.
 *
 * <p>The formulas are PyTorch's, step for step.
 */
@NullMarked
package io.gradus.optim;

import org.jspecify.annotations.NullMarked;
