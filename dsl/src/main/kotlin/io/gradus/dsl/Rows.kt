package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.tensor.error.ShapeException
import io.gradus.tensor.layout.Shape

/** The number of dimensions. */
public val Tensor.ndim: Int get() = dim()

/** The sizes as a list. */
public fun Shape.toList(): List<Long> = toArray().asList()

/**
 * The positions of dimension 0, views without it: `for (row in x)`.
 *
 * @throws ShapeException for a tensor of 0 dimensions
 */
public operator fun Tensor.iterator(): Iterator<Tensor> {
    if (dim() == 0) {
        throw ShapeException("[iterator] iteration over a 0-d tensor: it has no rows; read the number with item()")
    }
    return (0 until size(0)).asSequence().map { select(0, it) }.iterator()
}
