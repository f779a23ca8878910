/**
 * What the operations compute, as data: pointwise bodies and the dtype rules they follow.
 *
 * <p>Nothing here runs anything.
 */
@NullMarked
package io.gradus.op;

import org.jspecify.annotations.NullMarked;
