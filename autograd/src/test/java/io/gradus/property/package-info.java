/** Laws that hold for all tensors, tried on arbitrary ones; {@code docs/testing.md}. */
@NullMarked
package io.gradus.property;

import org.jspecify.annotations.NullMarked;
