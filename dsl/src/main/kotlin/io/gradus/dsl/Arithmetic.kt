package io.gradus.dsl

import io.gradus.Options
import io.gradus.Parameter
import io.gradus.Tensor
import io.gradus.tensor.dtype.Promotion
import io.gradus.tensor.dtype.Scalar

/*
 * Arithmetic as operators: tensors with tensors, tensors with numbers, numbers with tensors.
 *
 * `+=` and its kin write in place and exist on [Parameter] only: on a `var` of type Tensor,
 * `x += y` is `x = x + y`, as Kotlin readers expect. Tensor / Tensor and Tensor / Number are
 * Tensor.div itself, whose name makes it an operator.
 */

/** Elementwise sum; shapes broadcast. */
public operator fun Tensor.plus(other: Tensor): Tensor = add(other)

/** Elementwise sum. */
public operator fun Tensor.plus(other: Number): Tensor = add(other)

/** Elementwise sum. */
public operator fun Number.plus(other: Tensor): Tensor = other.add(this)

/** Elementwise difference; shapes broadcast. */
public operator fun Tensor.minus(other: Tensor): Tensor = sub(other)

/** Elementwise difference. */
public operator fun Tensor.minus(other: Number): Tensor = sub(other)

/** Elementwise difference. */
public operator fun Number.minus(other: Tensor): Tensor = other.rsub(this)

/** Elementwise product; shapes broadcast. */
public operator fun Tensor.times(other: Tensor): Tensor = mul(other)

/** Elementwise product. */
public operator fun Tensor.times(other: Number): Tensor = mul(other)

/** Elementwise product. */
public operator fun Number.times(other: Tensor): Tensor = other.mul(this)

/** Elementwise quotient; whole numbers become floating. */
public operator fun Number.div(other: Tensor): Tensor = other.rdiv(this)

/** Elementwise remainder, with the sign of the divisor; shapes broadcast. */
public operator fun Tensor.rem(other: Tensor): Tensor = remainder(other)

/** Elementwise remainder, with the sign of the divisor. */
public operator fun Tensor.rem(other: Number): Tensor = remainder(other)

/** Elementwise remainder, with the sign of the divisor. */
public operator fun Number.rem(other: Tensor): Tensor = scalar(this, other).remainder(other)

/** The negated elements. */
public operator fun Tensor.unaryMinus(): Tensor = neg()

/** The tensor itself. */
public operator fun Tensor.unaryPlus(): Tensor = this

/** Logical negation of a bool tensor, bitwise complement of integers. */
public operator fun Tensor.not(): Tensor = bitwiseNot()

/** The number as a 0-dim tensor of the dtype that it has beside [other], so that the result is as with a number. */
private fun scalar(number: Number, other: Tensor): Tensor {
    val category = Scalar.of(number).category()
    val dtype = if (category > other.dtype().category()) Promotion.ofNumber(category) else other.dtype()
    return Tensor.full(Options(dtype, other.device(), false), longArrayOf(), number)
}

/** Adds [other] in place. A parameter that requires grad takes it inside [noGrad] only. */
public operator fun Parameter.plusAssign(other: Tensor) {
    add_(other)
}

/** Adds [other] in place. A parameter that requires grad takes it inside [noGrad] only. */
public operator fun Parameter.plusAssign(other: Number) {
    add_(other)
}

/** Subtracts [other] in place. A parameter that requires grad takes it inside [noGrad] only. */
public operator fun Parameter.minusAssign(other: Tensor) {
    sub_(other)
}

/** Subtracts [other] in place. A parameter that requires grad takes it inside [noGrad] only. */
public operator fun Parameter.minusAssign(other: Number) {
    sub_(other)
}

/** Multiplies by [other] in place. A parameter that requires grad takes it inside [noGrad] only. */
public operator fun Parameter.timesAssign(other: Tensor) {
    mul_(other)
}

/** Multiplies by [other] in place. A parameter that requires grad takes it inside [noGrad] only. */
public operator fun Parameter.timesAssign(other: Number) {
    mul_(other)
}

/** Divides by [other] in place. A parameter that requires grad takes it inside [noGrad] only. */
public operator fun Parameter.divAssign(other: Tensor) {
    div_(other)
}

/** Divides by [other] in place. A parameter that requires grad takes it inside [noGrad] only. */
public operator fun Parameter.divAssign(other: Number) {
    div_(other)
}
