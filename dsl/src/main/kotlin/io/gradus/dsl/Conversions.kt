package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.tensor.backend.Device

/*
 * Conversions under PyTorch's names. A tensor that has the dtype, or is on the device, already is returned itself.
 */

/** The elements as `f32`. */
public fun Tensor.float(): Tensor = to(f32)

/** The elements as `f64`. */
public fun Tensor.double(): Tensor = to(f64)

/** The elements as `f16`. */
public fun Tensor.half(): Tensor = to(f16)

/** The elements as `bf16`. */
public fun Tensor.bfloat16(): Tensor = to(bf16)

/** The elements as `i64`. */
public fun Tensor.long(): Tensor = to(i64)

/** The elements as `i32`. */
public fun Tensor.int(): Tensor = to(i32)

/** The elements as `i16`. */
public fun Tensor.short(): Tensor = to(i16)

/** The elements as `u8`, which PyTorch calls byte. */
public fun Tensor.byte(): Tensor = to(u8)

/** Whether the elements are not zero; bool. */
public fun Tensor.bool(): Tensor = to(bool)

/** The elements on the CPU. */
public fun Tensor.cpu(): Tensor = to(Device.cpu())

/**
 * The elements on an NVIDIA GPU.
 *
 * @throws io.gradus.tensor.error.DeviceException where there is none; the message says what is missing
 */
public fun Tensor.cuda(index: Int = 0): Tensor = to(Device.cuda(index))
