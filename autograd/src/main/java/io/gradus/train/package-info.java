/**
 * A training loop with what loops need around them: validation, early stopping, checkpoints,
 * progress.
 *
 * <p>It uses only what users can call themselves; nothing else in the library knows of it.
 */
@NullMarked
package io.gradus.train;

import org.jspecify.annotations.NullMarked;
