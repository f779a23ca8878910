// the members have the same parameters, but Java's have no names: a call with names finds these
@file:Suppress("EXTENSION_SHADOWED_BY_MEMBER")

package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.ValuesIndices
import io.gradus.tensor.dtype.DType

/*
 * Reductions with named arguments: x.sum(dim = 1, keepdim = true), x.std(0, keepdim = true). Without dimensions
 * they go over all of them. What is reduced has size 1 in the result with keepdim, and is left out otherwise.
 */

/** The sum along [dim]; whole numbers and truth values give `i64` unless a [dtype] is given. */
public fun Tensor.sum(dim: Int, keepdim: Boolean = false, dtype: DType? = null): Tensor =
    sum(listOf(dim), keepdim, dtype)

/** The sum along several dimensions, all if none is given: `x.sum(dim = listOf(0, 2))`. */
public fun Tensor.sum(dim: List<Int> = emptyList(), keepdim: Boolean = false, dtype: DType? = null): Tensor {
    val dims = dim.toIntArray()
    return if (dtype == null) sum(dims, keepdim) else sum(dims, keepdim, dtype)
}

/** The mean along [dim]; of floating dtypes, or with a floating [dtype]. */
public fun Tensor.mean(dim: Int, keepdim: Boolean = false, dtype: DType? = null): Tensor =
    mean(listOf(dim), keepdim, dtype)

/** The mean along several dimensions, all if none is given. */
public fun Tensor.mean(dim: List<Int> = emptyList(), keepdim: Boolean = false, dtype: DType? = null): Tensor {
    val dims = dim.toIntArray()
    return if (dtype == null) mean(dims, keepdim) else mean(dims, keepdim, dtype)
}

/** The product along [dim]; whole numbers and truth values give `i64` unless a [dtype] is given. */
public fun Tensor.prod(dim: Int, keepdim: Boolean = false, dtype: DType? = null): Tensor =
    if (dtype == null) prod(dim, keepdim) else prod(dim, keepdim, dtype)

/** The standard deviation along [dim]: the root of the sum of squares over the number of elements less [correction]. */
public fun Tensor.std(dim: Int, correction: Number = 1, keepdim: Boolean = false): Tensor =
    std(intArrayOf(dim), correction.toDouble(), keepdim)

/** The standard deviation along several dimensions, all if none is given: `x.std(correction = 0)`. */
public fun Tensor.std(dim: List<Int> = emptyList(), correction: Number = 1, keepdim: Boolean = false): Tensor =
    std(dim.toIntArray(), correction.toDouble(), keepdim)

/** The variance along [dim]: the sum of squares over the number of elements less [correction]. */
public fun Tensor.`var`(dim: Int, correction: Number = 1, keepdim: Boolean = false): Tensor =
    `var`(intArrayOf(dim), correction.toDouble(), keepdim)

/** The variance along several dimensions, all if none is given. */
public fun Tensor.`var`(dim: List<Int> = emptyList(), correction: Number = 1, keepdim: Boolean = false): Tensor =
    `var`(dim.toIntArray(), correction.toDouble(), keepdim)

/** The [p]-norm along [dim]. */
public fun Tensor.norm(p: Number = 2, dim: Int, keepdim: Boolean = false): Tensor =
    norm(p.toDouble(), intArrayOf(dim), keepdim)

/** The [p]-norm along several dimensions, all if none is given. */
public fun Tensor.norm(p: Number = 2, dim: List<Int> = emptyList(), keepdim: Boolean = false): Tensor =
    norm(p.toDouble(), dim.toIntArray(), keepdim)

/** The logarithm of the sum of exponentials along [dim], without overflow. */
public fun Tensor.logsumexp(dim: Int, keepdim: Boolean = false): Tensor = logsumexp(intArrayOf(dim), keepdim)

/** Whether any element along [dim] is not zero; bool. */
public fun Tensor.any(dim: Int, keepdim: Boolean = false): Tensor = any(intArrayOf(dim), keepdim)

/** Whether no element along [dim] is zero; bool. */
public fun Tensor.all(dim: Int, keepdim: Boolean = false): Tensor = all(intArrayOf(dim), keepdim)

/** The largest elements along [dim]; equal ones share the gradient. */
public fun Tensor.amax(dim: Int, keepdim: Boolean = false): Tensor = amax(intArrayOf(dim), keepdim)

/** The largest elements along several dimensions, all if none is given. */
public fun Tensor.amax(dim: List<Int> = emptyList(), keepdim: Boolean = false): Tensor = amax(dim.toIntArray(), keepdim)

/** The smallest elements along [dim]; equal ones share the gradient. */
public fun Tensor.amin(dim: Int, keepdim: Boolean = false): Tensor = amin(intArrayOf(dim), keepdim)

/** The smallest elements along several dimensions, all if none is given. */
public fun Tensor.amin(dim: List<Int> = emptyList(), keepdim: Boolean = false): Tensor = amin(dim.toIntArray(), keepdim)

/** The largest elements along [dim], and where they are (`i64`): `val (values, indices) = x.max(dim = 1)`. */
public fun Tensor.max(dim: Int, keepdim: Boolean = false): ValuesIndices = max(dim, keepdim)

/** The smallest elements along [dim], and where they are (`i64`). */
public fun Tensor.min(dim: Int, keepdim: Boolean = false): ValuesIndices = min(dim, keepdim)

/** Where the largest elements along [dim] are; `i64`. */
public fun Tensor.argmax(dim: Int, keepdim: Boolean = false): Tensor = argmax(dim, keepdim)

/** Where the smallest elements along [dim] are; `i64`. */
public fun Tensor.argmin(dim: Int, keepdim: Boolean = false): Tensor = argmin(dim, keepdim)

/** The medians along [dim], the lower ones of two, and where they are (`i64`). */
public fun Tensor.median(dim: Int, keepdim: Boolean = false): ValuesIndices = median(dim, keepdim)
