/** Tests of training. */
@NullMarked
package io.gradus.train;

import org.jspecify.annotations.NullMarked;
