/**
 * The work that a backend can be asked to do, as data: scalar expressions and kernels over
 * operands.
 *
 * <p>Shapes arrive equal, casts are explicit, outputs are allocated, overlap has been checked: user
 * input is never validated below this line. What runs the kernels lives in the backends.
 */
@NullMarked
package io.gradus.tensor.kernel;

import org.jspecify.annotations.NullMarked;
