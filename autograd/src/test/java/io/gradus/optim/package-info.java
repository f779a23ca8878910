/** Tests of optimizers. */
@NullMarked
package io.gradus.optim;

import org.jspecify.annotations.NullMarked;
