package io.gradus.dsl

import io.gradus.Tensor

/*
 * Several tensors into one.
 */

/** The tensors one after another along [dim]; the other sizes agree, the dtype is the promoted one. */
public fun cat(tensors: List<Tensor>, dim: Int = 0): Tensor = Tensor.cat(tensors, dim)

/** The tensors, all of one shape, along a new dimension [dim]. */
public fun stack(tensors: List<Tensor>, dim: Int = 0): Tensor = Tensor.stack(tensors, dim)

/** Elements of [a] where the bool tensor [condition] holds, of [b] elsewhere; shapes broadcast. */
public fun where(condition: Tensor, a: Tensor, b: Tensor): Tensor = Tensor.where(condition, a, b)

/** Elements of [a] where [condition] holds, [b] elsewhere. */
public fun where(condition: Tensor, a: Tensor, b: Number): Tensor = Tensor.where(condition, a, b)

/** [a] where [condition] holds, elements of [b] elsewhere. */
public fun where(condition: Tensor, a: Number, b: Tensor): Tensor = Tensor.where(condition, a, b)

/** [a] where [condition] holds, [b] elsewhere. */
public fun where(condition: Tensor, a: Number, b: Number): Tensor = Tensor.where(condition, a, b)

/** Products of elements summed over the indices that the result does not name: `einsum("ij,jk->ik", a, b)`. */
public fun einsum(equation: String, vararg operands: Tensor): Tensor = Tensor.einsum(equation, *operands)
