/** Reading recorded answers of PyTorch and making the same calls here. */
@NullMarked
package io.gradus.pointwise;

import org.jspecify.annotations.NullMarked;
