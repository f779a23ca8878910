package io.gradus.dsl

import io.gradus.Tensor

/*
 * Named infix functions bind looser than arithmetic: x `@` w + b means x `@` (w + b).
 * Write (x `@` w) + b.
 */

/**
 * Matrix product with batch broadcasting, as [Tensor.matmul].
 *
 * Binds looser than `+`: write ``(x `@` w) + b``.
 */
public infix fun Tensor.`@`(other: Tensor): Tensor = matmul(other)

/** Matrix product; binds looser than `+`: write `(x matmul w) + b`. */
public infix fun Tensor.matmul(other: Tensor): Tensor = this.matmul(other)

/** Dot product of two vectors. */
public infix fun Tensor.dot(other: Tensor): Tensor = this.dot(other)

/** Elementwise power. */
public infix fun Tensor.pow(exponent: Tensor): Tensor = this.pow(exponent)

/** Elementwise power. */
public infix fun Tensor.pow(exponent: Number): Tensor = this.pow(exponent)

/** A number to the powers in [exponent]. */
public infix fun Number.pow(exponent: Tensor): Tensor = exponent.rpow(this)

/** Logical and of bool tensors, bitwise and of integers. */
public infix fun Tensor.and(other: Tensor): Tensor = bitwiseAnd(other)

/** Logical or of bool tensors, bitwise or of integers. */
public infix fun Tensor.or(other: Tensor): Tensor = bitwiseOr(other)

/** Exclusive or. */
public infix fun Tensor.xor(other: Tensor): Tensor = bitwiseXor(other)

/** Whether each element is equal; bool. */
public infix fun Tensor.eq(other: Tensor): Tensor = this.eq(other)

/** Whether each element is equal; bool. */
public infix fun Tensor.eq(other: Number): Tensor = this.eq(other)

/** Whether each element is different; bool. */
public infix fun Tensor.ne(other: Tensor): Tensor = this.ne(other)

/** Whether each element is different; bool. */
public infix fun Tensor.ne(other: Number): Tensor = this.ne(other)

/** Whether each element is less than; bool. */
public infix fun Tensor.lt(other: Tensor): Tensor = this.lt(other)

/** Whether each element is less than; bool. */
public infix fun Tensor.lt(other: Number): Tensor = this.lt(other)

/** Whether each element is at most; bool. */
public infix fun Tensor.le(other: Tensor): Tensor = this.le(other)

/** Whether each element is at most; bool. */
public infix fun Tensor.le(other: Number): Tensor = this.le(other)

/** Whether each element is greater than; bool. */
public infix fun Tensor.gt(other: Tensor): Tensor = this.gt(other)

/** Whether each element is greater than; bool. */
public infix fun Tensor.gt(other: Number): Tensor = this.gt(other)

/** Whether each element is at least; bool. */
public infix fun Tensor.ge(other: Tensor): Tensor = this.ge(other)

/** Whether each element is at least; bool. */
public infix fun Tensor.ge(other: Number): Tensor = this.ge(other)
