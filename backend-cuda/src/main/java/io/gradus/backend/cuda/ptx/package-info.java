/**
 * Turns kernels into launches of PTX text written out of their expressions; knows no driver.
 *
 * <p>Layouts, sizes and params are arguments of a launch and no part of a text, so that the number
 * of texts is bounded by the number of programs. Results do not depend on the size of a launch.
 */
@NullMarked
package io.gradus.backend.cuda.ptx;

import org.jspecify.annotations.NullMarked;
