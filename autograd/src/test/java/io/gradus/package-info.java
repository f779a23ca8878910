/** The behaviour of tensors as users see it, row by row. */
@NullMarked
package io.gradus;

import org.jspecify.annotations.NullMarked;
