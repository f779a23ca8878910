package io.gradus.dsl

import io.gradus.Options
import io.gradus.Tensor
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType

/*
 * New tensors in the shape of another one, and in its dtype and on its device unless these are given.
 */

/** Zeros in the shape of [like]. */
public fun zerosLike(
    like: Tensor,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.zerosLike(like, Options(dtype, device, requiresGrad))

/** Ones in the shape of [like]. */
public fun onesLike(
    like: Tensor,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.onesLike(like, Options(dtype, device, requiresGrad))

/** One number in the shape of [like]. */
public fun fullLike(
    like: Tensor,
    value: Number,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
): Tensor = Tensor.fullLike(like, value, Options(dtype, device, requiresGrad))
