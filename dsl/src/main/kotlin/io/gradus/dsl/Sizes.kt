package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.ValuesIndices
import io.gradus.nn.ConvOptions
import io.gradus.nn.PoolOptions
import io.gradus.tensor.error.InvalidArgumentException

/*
 * Sizes as Int, as Long, or both in one call: x.view(n, x.size(1)). The methods of Tensor take Long alone, which
 * fits literals but no variable of type Int; the compiler comes here only for what does not fit there. A number
 * that is not whole is an InvalidArgumentException.
 */

/** The elements in another shape, in the same memory; one size may be -1. */
public fun Tensor.view(vararg sizes: Number): Tensor = view(*longs("view", sizes))

/** The elements in another shape, copied where a view cannot be; one size may be -1. */
public fun Tensor.reshape(vararg sizes: Number): Tensor = reshape(*longs("reshape", sizes))

/** Dimensions of size 1 seen as larger ones; -1 leaves a size as it is. */
public fun Tensor.expand(vararg sizes: Number): Tensor = expand(*longs("expand", sizes))

/** Dimensions of size 1 seen as larger ones. */
public fun Tensor.broadcastTo(vararg sizes: Number): Tensor = broadcastTo(*longs("broadcastTo", sizes))

/** The elements in other sizes, in place, for a tensor that requires no grad. */
public fun Tensor.resize_(vararg sizes: Number): Tensor = resize_(*longs("resize_", sizes))

/** The tensor as often as told along each dimension; more numbers than dimensions add dimensions in front. */
public fun Tensor.repeat(vararg repeats: Number): Tensor = repeat(*longs("repeat", repeats))

/** As [repeat], where fewer numbers than dimensions count for the last ones. */
public fun Tensor.tile(vararg dims: Number): Tensor = tile(*longs("tile", dims))

/** Each element [repeats] times: along [dim], or of all elements in a row. */
public fun Tensor.repeatInterleave(repeats: Number, dim: Int? = null): Tensor {
    val times = whole("repeatInterleave", repeats)
    return if (dim == null) repeatInterleave(times) else repeatInterleave(times, dim)
}

/** The elements shifted by [shift] places along [dim], or through all of them, those that fall off coming in again. */
public fun Tensor.roll(shift: Number, dim: Int? = null): Tensor {
    val places = whole("roll", shift)
    return if (dim == null) roll(places) else roll(places, dim)
}

/** One position of dimension [dim], a view without it. */
public fun Tensor.select(dim: Int, index: Number): Tensor = select(dim, whole("select", index))

/** [length] positions of dimension [dim] from [start], a view. */
public fun Tensor.narrow(dim: Int, start: Number, length: Number): Tensor =
    narrow(dim, whole("narrow", start), whole("narrow", length))

/** Views of parts of [size] positions along [dim]; the last one may be smaller. */
public fun Tensor.split(size: Number, dim: Int = 0): List<Tensor> = split(whole("split", size), dim)

/** Views of parts of these sizes along [dim]. */
public fun Tensor.split(sizes: List<Number>, dim: Int = 0): List<Tensor> =
    split(longs("split", sizes.toTypedArray()), dim)

/** Dimension [dim] as several, a view; one size may be -1. */
public fun Tensor.unflatten(dim: Int, vararg sizes: Number): Tensor = unflatten(dim, *longs("unflatten", sizes))

/** Windows of [size] positions, [step] apart, along [dim]: a view with the windows' positions as last dimension. */
public fun Tensor.unfold(dim: Int, size: Number, step: Number): Tensor =
    unfold(dim, whole("unfold", size), whole("unfold", step))

/** The [k] largest elements along [dim], or the smallest: `val (values, indices) = x.topk(n)`. */
public fun Tensor.topk(k: Number, dim: Int = -1, largest: Boolean = true): ValuesIndices =
    topk(whole("topk", k), dim, largest)

/** The [k]-th smallest element along [dim], counted from 1. */
public fun Tensor.kthvalue(k: Number, dim: Int = -1, keepdim: Boolean = false): ValuesIndices =
    kthvalue(whole("kthvalue", k), dim, keepdim)

/** Zeros of this shape in the dtype and on the device of this tensor. */
public fun Tensor.newZeros(vararg shape: Number): Tensor = newZeros(*longs("newZeros", shape))

/** Ones of this shape in the dtype and on the device of this tensor. */
public fun Tensor.newOnes(vararg shape: Number): Tensor = newOnes(*longs("newOnes", shape))

/** With another stride: one for all dimensions, or one each. */
public fun ConvOptions.stride(vararg steps: Number): ConvOptions = stride(*longs("stride", steps))

/** With zeros around the input: one number for all dimensions, or one each. */
public fun ConvOptions.padding(vararg zeros: Number): ConvOptions = padding(*longs("padding", zeros))

/** With another distance between the kernel's elements: one for all dimensions, or one each. */
public fun ConvOptions.dilation(vararg steps: Number): ConvOptions = dilation(*longs("dilation", steps))

/** With channels in groups. */
public fun ConvOptions.groups(count: Number): ConvOptions = groups(whole("groups", count))

/** With another stride: one for all dimensions, or one each. */
public fun PoolOptions.stride(vararg steps: Number): PoolOptions = stride(*longs("stride", steps))

/** With padding around the input: one number for all dimensions, or one each. */
public fun PoolOptions.padding(vararg sizes: Number): PoolOptions = padding(*longs("padding", sizes))

/** The number as a size of [op]; the message of a fraction names both. */
internal fun whole(op: String, number: Number): Long = when (number) {
    is Int, is Long, is Short, is Byte -> number.toLong()
    else -> throw InvalidArgumentException("[$op] Sizes are whole numbers: $number; convert it with toInt()")
}

internal fun longs(op: String, numbers: Array<out Number>): LongArray =
    LongArray(numbers.size) { whole(op, numbers[it]) }
