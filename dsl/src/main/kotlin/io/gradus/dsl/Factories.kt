package io.gradus.dsl

import io.gradus.Options
import io.gradus.Tensor
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType
import io.gradus.tensor.layout.Shape

/*
 * New tensors. Every function takes its options by name: zeros(2, 3, dtype = f64, requiresGrad = true).
 * What is not given is the default of the operation.
 */

/**
 * A tensor of the numbers, one dimension; a single number gives none.
 *
 * Whole numbers become `i64`, others the default dtype: `tensor(1, 2)`, `tensor(1.5, 2)`.
 */
public fun tensor(
    vararg values: Number,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.tensor(single(values) ?: values.asList(), Options(dtype, device, requiresGrad))

/** A bool tensor of the truth values, one dimension; a single one gives none. */
public fun tensor(vararg values: Boolean, dtype: DType? = null, device: Device? = null): Tensor =
    if (values.size == 1) {
        Tensor.tensor(values, Options(dtype, device, false)).reshape()
    } else {
        Tensor.tensor(values, Options(dtype, device, false))
    }

/** A tensor of the rows, each a (nested) list: `tensor(listOf(1, 2), listOf(3, 4))` is a 2 x 2 matrix. */
public fun tensor(
    vararg rows: List<Any>,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.tensor(single(rows) ?: rows.asList(), Options(dtype, device, requiresGrad))

/**
 * A tensor with a copy of a number, a (nested) array or a (nested) list, as [Tensor.tensor].
 *
 * Primitive arrays keep their type: an `IntArray` becomes `i32`, a `DoubleArray` `f64`.
 */
public fun tensor(data: Any, dtype: DType? = null, device: Device? = null, requiresGrad: Boolean = false): Tensor =
    Tensor.tensor(data, Options(dtype, device, requiresGrad))

private fun single(values: Array<out Any>): Any? = if (values.size == 1) values[0] else null

/** A single zero, no dimensions. */
public fun zeros(dtype: DType? = null, device: Device? = null, requiresGrad: Boolean = false): Tensor =
    Tensor.zeros(Options(dtype, device, requiresGrad))

/** Zeros. */
public fun zeros(
    vararg shape: Int,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.zeros(Options(dtype, device, requiresGrad), *longs(shape))

/** Zeros. */
public fun zeros(
    vararg shape: Long,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.zeros(Options(dtype, device, requiresGrad), *shape)

/** Zeros. */
public fun zeros(shape: Shape, dtype: DType? = null, device: Device? = null, requiresGrad: Boolean = false): Tensor =
    Tensor.zeros(Options(dtype, device, requiresGrad), *shape.toArray())

/** A single one, no dimensions. */
public fun ones(dtype: DType? = null, device: Device? = null, requiresGrad: Boolean = false): Tensor =
    Tensor.ones(Options(dtype, device, requiresGrad))

/** Ones. */
public fun ones(
    vararg shape: Int,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.ones(Options(dtype, device, requiresGrad), *longs(shape))

/** Ones. */
public fun ones(
    vararg shape: Long,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.ones(Options(dtype, device, requiresGrad), *shape)

/** Ones. */
public fun ones(shape: Shape, dtype: DType? = null, device: Device? = null, requiresGrad: Boolean = false): Tensor =
    Tensor.ones(Options(dtype, device, requiresGrad), *shape.toArray())

/** Undefined contents, to be overwritten. */
public fun empty(
    vararg shape: Int,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.empty(Options(dtype, device, requiresGrad), *longs(shape))

/** Undefined contents, to be overwritten. */
public fun empty(
    vararg shape: Long,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.empty(Options(dtype, device, requiresGrad), *shape)

/** One number everywhere: `full(2, 3, value = 7)`; `i64` for a whole number, else the default dtype. */
public fun full(
    vararg shape: Int,
    value: Number,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.full(Options(dtype, device, requiresGrad), longs(shape), value)

/** One number everywhere: `full(n, m, value = 7)`. */
public fun full(
    vararg shape: Long,
    value: Number,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.full(Options(dtype, device, requiresGrad), shape, value)

/** One number everywhere, in the shape of another tensor: `full(x.shape, 7)`. */
public fun full(
    shape: Shape,
    value: Number,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.full(Options(dtype, device, requiresGrad), shape.toArray(), value)

/** The numbers 0, 1, … before [end]: `i64` for a whole number, else the default dtype. */
public fun arange(end: Number, dtype: DType? = null, device: Device? = null, requiresGrad: Boolean = false): Tensor =
    Tensor.arange(Options(dtype, device, requiresGrad), 0, end, 1)

/** From [start] in steps to before [end]: `i64` for whole numbers, else the default dtype. */
public fun arange(
    start: Number,
    end: Number,
    step: Number = 1,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.arange(Options(dtype, device, requiresGrad), start, end, step)

/** [steps] numbers evenly from [start] to [end], both included. */
public fun linspace(
    start: Number,
    end: Number,
    steps: Int,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.linspace(Options(dtype, device, requiresGrad), start, end, steps.toLong())

/** [base] to the powers of [steps] numbers evenly from [start] to [end]. */
public fun logspace(
    start: Number,
    end: Number,
    steps: Int,
    base: Number = 10,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.logspace(Options(dtype, device, requiresGrad), start, end, steps.toLong(), base)

/** The [n] x [m] matrix with 1 on the diagonal. */
public fun eye(
    n: Int,
    m: Int = n,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.eye(Options(dtype, device, requiresGrad), n.toLong(), m.toLong())

internal fun longs(shape: IntArray): LongArray = LongArray(shape.size) { shape[it].toLong() }
