// the members have the same parameters, but Java's have no names: a call with names finds these
@file:Suppress("EXTENSION_SHADOWED_BY_MEMBER")

package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.ValuesIndices
import io.gradus.exec.Sorting.Interpolation
import io.gradus.tensor.dtype.DType

/*
 * Named arguments for what works along a dimension and keeps it, for quantiles and for bounds.
 */

/** The normalised exponential along [dim], in the shape of the tensor; computed in [dtype] if one is given. */
public fun Tensor.softmax(dim: Int, dtype: DType? = null): Tensor =
    if (dtype == null) softmax(dim) else softmax(dim, dtype)

/** The logarithm of [softmax], in one step that neither overflows nor underflows. */
public fun Tensor.logSoftmax(dim: Int, dtype: DType? = null): Tensor =
    if (dtype == null) logSoftmax(dim) else logSoftmax(dim, dtype)

/** Sums of the elements so far along [dim]; whole numbers give `i64` unless a [dtype] is given. */
public fun Tensor.cumsum(dim: Int, dtype: DType? = null): Tensor =
    if (dtype == null) cumsum(dim) else cumsum(dim, dtype)

/** Products of the elements so far along [dim]; whole numbers give `i64` unless a [dtype] is given. */
public fun Tensor.cumprod(dim: Int, dtype: DType? = null): Tensor =
    if (dtype == null) cumprod(dim) else cumprod(dim, dtype)

/** The elements in order along [dim], and where they were (`i64`): `val (values, indices) = x.sort(descending = true)`. */
public fun Tensor.sort(dim: Int = -1, descending: Boolean = false): ValuesIndices = sort(dim, descending)

/** Where the elements are that come in order along [dim]; `i64`. */
public fun Tensor.argsort(dim: Int = -1, descending: Boolean = false): Tensor = argsort(dim, descending)

/**
 * The element below which a share [q] from 0 to 1 of the elements is, along [dim] or of all elements.
 *
 * Between two elements [interpolation] decides. Of `f32` and `f64`.
 */
public fun Tensor.quantile(
    q: Number,
    dim: Int? = null,
    keepdim: Boolean = false,
    interpolation: Interpolation = Interpolation.LINEAR,
): Tensor = quantile(q.toDouble(), dim, keepdim, interpolation)

/** One quantile for each of [q], which become the first dimension. */
public fun Tensor.quantile(
    q: Tensor,
    dim: Int? = null,
    keepdim: Boolean = false,
    interpolation: Interpolation = Interpolation.LINEAR,
): Tensor = quantile(q, dim, keepdim, interpolation)

/** The elements, those beyond a bound replaced by it: `x.clamp(min = 0)`. */
public fun Tensor.clamp(min: Number? = null, max: Number? = null): Tensor = clamp(min, max)

/** The elements, those beyond their bounds replaced by them; shapes broadcast. */
public fun Tensor.clamp(min: Tensor? = null, max: Tensor? = null): Tensor = clamp(min, max)
