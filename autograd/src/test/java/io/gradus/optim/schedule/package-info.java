/** Tests of optimizers. */
@NullMarked
package io.gradus.optim.schedule;

import org.jspecify.annotations.NullMarked;
