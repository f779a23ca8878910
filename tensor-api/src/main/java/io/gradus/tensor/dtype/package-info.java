/**
 * Element types, the rules by which they combine, and plain numbers as operands.
 *
 * <p>Nothing here knows of shapes, memory or devices.
 */
@NullMarked
package io.gradus.tensor.dtype;

import org.jspecify.annotations.NullMarked;
