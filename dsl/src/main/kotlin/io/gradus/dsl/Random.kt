package io.gradus.dsl

import io.gradus.Options
import io.gradus.Tensor
import io.gradus.random.Generator
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType

/*
 * Random tensors. Without a generator they draw from the default one, which manualSeed resets.
 */

/** Starts the default generator at a seed: what follows is the same on every run, device and number of threads. */
public fun manualSeed(seed: Long): Generator = Tensor.manualSeed(seed)

/** Starts the default generator at a seed. */
public fun manualSeed(seed: Int): Generator = Tensor.manualSeed(seed.toLong())

/** A generator at the start of a seed. */
public fun Generator(seed: Int): Generator = Generator(seed.toLong())

/** A uniform number in [0, 1), no dimensions. */
public fun rand(
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
    generator: Generator? = null,
): Tensor = Tensor.rand(Options(dtype, device, requiresGrad, generator))

/** Uniform numbers in [0, 1). */
public fun rand(
    vararg shape: Int,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
    generator: Generator? = null,
): Tensor = Tensor.rand(Options(dtype, device, requiresGrad, generator), *longs(shape))

/** Uniform numbers in [0, 1). */
public fun rand(
    vararg shape: Long,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
    generator: Generator? = null,
): Tensor = Tensor.rand(Options(dtype, device, requiresGrad, generator), *shape)

/** A normal number with mean 0 and variance 1, no dimensions. */
public fun randn(
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
    generator: Generator? = null,
): Tensor = Tensor.randn(Options(dtype, device, requiresGrad, generator))

/** Normal numbers with mean 0 and variance 1. */
public fun randn(
    vararg shape: Int,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
    generator: Generator? = null,
): Tensor = Tensor.randn(Options(dtype, device, requiresGrad, generator), *longs(shape))

/** Normal numbers with mean 0 and variance 1. */
public fun randn(
    vararg shape: Long,
    dtype: DType? = null,
    device: Device? = null,
    requiresGrad: Boolean = false,
    generator: Generator? = null,
): Tensor = Tensor.randn(Options(dtype, device, requiresGrad, generator), *shape)

/** Whole numbers from [low] to before [high], `i64`: `randint(2, 3, high = 10)` is a 2 x 3 matrix of digits. */
public fun randint(
    vararg shape: Int,
    high: Number,
    low: Number = 0,
    dtype: DType? = null,
    device: Device? = null,
    generator: Generator? = null,
): Tensor = Tensor.randint(
    Options(dtype, device, false, generator),
    whole("randint", low),
    whole("randint", high),
    longs(shape),
)

/** Whole numbers from [low] to before [high], `i64`. */
public fun randint(
    vararg shape: Long,
    high: Number,
    low: Number = 0,
    dtype: DType? = null,
    device: Device? = null,
    generator: Generator? = null,
): Tensor =
    Tensor.randint(Options(dtype, device, false, generator), whole("randint", low), whole("randint", high), shape)

/** The numbers 0, 1, … before [n] in random order, `i64`. */
public fun randperm(n: Long, dtype: DType? = null, device: Device? = null, generator: Generator? = null): Tensor =
    Tensor.randperm(Options(dtype, device, false, generator), n)

/** The numbers 0, 1, … before [n] in random order, `i64`. */
public fun randperm(n: Int, dtype: DType? = null, device: Device? = null, generator: Generator? = null): Tensor =
    randperm(n.toLong(), dtype, device, generator)
