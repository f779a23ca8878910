package io.gradus.dsl

import io.gradus.MinMax
import io.gradus.SpreadMean
import io.gradus.Tensor
import io.gradus.UniqueResult
import io.gradus.ValuesIndices
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType
import io.gradus.tensor.layout.Shape

/*
 * What a tensor is, as properties; the parts of a result, by destructuring.
 */

/** The sizes of the dimensions. */
public val Tensor.shape: Shape get() = shape()

/** The type of the elements. */
public val Tensor.dtype: DType get() = dtype()

/** Where the elements are. */
public val Tensor.device: Device get() = device()

/** The number of elements. */
public val Tensor.numel: Long get() = numel()

/** Whether operations on this tensor are recorded. */
public val Tensor.requiresGrad: Boolean get() = requiresGrad()

/** The gradient that backward passes have added up; null before the first. */
public var Tensor.grad: Tensor?
    get() = grad()
    set(value) = setGrad(value)

/** The transposed matrix, a view. */
public val Tensor.T: Tensor get() = t()

/** The last two dimensions swapped, a view. */
public val Tensor.mT: Tensor get() = transpose(-2, -1)

/**
 * The only element as a number of type [N]: `loss.item<Double>()`.
 *
 * @throws IllegalArgumentException for a type that is no primitive number
 */
public inline fun <reified N : Number> Tensor.item(): N {
    val number = item()
    val converted: Number =
        when (N::class) {
            Double::class -> number.toDouble()
            Float::class -> number.toFloat()
            Long::class -> number.toLong()
            Int::class -> number.toInt()
            Short::class -> number.toShort()
            Byte::class -> number.toByte()
            Number::class -> number
            else -> throw IllegalArgumentException("[item] no element is a ${N::class.simpleName}")
        }
    return converted as N
}

/** The size of dimension [dim], negative ones counting from the end. */
public operator fun Shape.get(dim: Int): Long = size(dim)

/** The first size: `val (rows, columns) = x.shape`. */
public operator fun Shape.component1(): Long = size(0)

/** The second size. */
public operator fun Shape.component2(): Long = size(1)

/** The third size. */
public operator fun Shape.component3(): Long = size(2)

/** The fourth size. */
public operator fun Shape.component4(): Long = size(3)

/** The fifth size. */
public operator fun Shape.component5(): Long = size(4)

/** The elements: `val (values, indices) = x.max(1)`. */
public operator fun ValuesIndices.component1(): Tensor = values

/** Where they were. */
public operator fun ValuesIndices.component2(): Tensor = indices

/** The smallest elements: `val (low, high) = x.aminmax()`. */
public operator fun MinMax.component1(): Tensor = min

/** The largest elements. */
public operator fun MinMax.component2(): Tensor = max

/** The variance or standard deviation: `val (variance, mean) = x.varMean(0)`. */
public operator fun SpreadMean.component1(): Tensor = spread

/** The mean. */
public operator fun SpreadMean.component2(): Tensor = mean

/** The distinct elements: `val (values, inverse, counts) = x.unique(0)`. */
public operator fun UniqueResult.component1(): Tensor = values

/** Which of them each element is. */
public operator fun UniqueResult.component2(): Tensor = inverse

/** How often each occurs. */
public operator fun UniqueResult.component3(): Tensor = counts
