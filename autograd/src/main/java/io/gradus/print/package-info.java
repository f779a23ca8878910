/** Tensors as text. */
@NullMarked
package io.gradus.print;

import org.jspecify.annotations.NullMarked;
