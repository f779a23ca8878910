/** Where random numbers come from; what is done with them is in the tensor methods. */
@NullMarked
package io.gradus.random;

import org.jspecify.annotations.NullMarked;
