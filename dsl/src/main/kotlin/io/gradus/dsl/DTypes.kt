package io.gradus.dsl

import io.gradus.tensor.dtype.DType

/*
 * The element types under the names that messages print: zeros(2, 3, dtype = f64).
 */

/** 32-bit floating point, the default. */
public val f32: DType get() = DType.F32

/** 64-bit floating point. */
public val f64: DType get() = DType.F64

/** 16-bit floating point, IEEE 754 half precision. */
public val f16: DType get() = DType.F16

/** 16-bit floating point with the exponent of [f32]. */
public val bf16: DType get() = DType.BF16

/** 8-bit whole numbers from 0. */
public val u8: DType get() = DType.U8

/** 8-bit whole numbers. */
public val i8: DType get() = DType.I8

/** 16-bit whole numbers. */
public val i16: DType get() = DType.I16

/** 32-bit whole numbers. */
public val i32: DType get() = DType.I32

/** 64-bit whole numbers. */
public val i64: DType get() = DType.I64

/** Truth values. */
public val bool: DType get() = DType.BOOL
