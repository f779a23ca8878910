/**
 * Measures of how well predictions match targets, batch after batch.
 *
 * <p>They count; nothing here is differentiable, that is what losses are for.
 */
@NullMarked
package io.gradus.metrics;

import org.jspecify.annotations.NullMarked;
