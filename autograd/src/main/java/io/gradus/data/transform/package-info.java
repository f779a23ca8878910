/**
 * Changes of single samples, as {@link io.gradus.data.Dataset#map} applies them: of images and of
 * tables. Not for layers, which have gradients and parameters.
 */
@NullMarked
package io.gradus.data.transform;

import org.jspecify.annotations.NullMarked;
