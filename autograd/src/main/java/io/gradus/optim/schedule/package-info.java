/**
 * Learning rates that change from step to step, under PyTorch's names. Optimizers themselves do not
 * belong here.
 */
@NullMarked
package io.gradus.optim.schedule;

import org.jspecify.annotations.NullMarked;
