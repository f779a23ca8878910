/**
 * The recorded history of tensors and the walk backward through it.
 *
 * <p>What the derivative of a particular operation is does not belong here: see {@code rules}.
 */
@NullMarked
package io.gradus.graph;

import org.jspecify.annotations.NullMarked;
