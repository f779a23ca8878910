package io.gradus.dsl

import io.gradus.Options
import io.gradus.nn.norm.BatchNorm1d
import io.gradus.nn.norm.BatchNorm2d
import io.gradus.nn.norm.BatchNorm3d
import io.gradus.nn.norm.GroupNorm
import io.gradus.nn.norm.InstanceNorm1d
import io.gradus.nn.norm.InstanceNorm2d
import io.gradus.nn.norm.InstanceNorm3d
import io.gradus.nn.norm.LayerNorm
import io.gradus.nn.norm.NormOptions
import io.gradus.nn.norm.RMSNorm
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType

/*
 * Normalisations with PyTorch's arguments by name. The result has the shape of the input.
 */

/** Normalises over the last dimensions, which have the sizes [normalizedShape]. */
public fun LayerNorm(
    vararg normalizedShape: Number,
    eps: Double = 1e-5,
    elementwiseAffine: Boolean = true,
    bias: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): LayerNorm =
    LayerNorm(longs("LayerNorm", normalizedShape), eps, elementwiseAffine, bias, Options(dtype, device, false))

/** Divides by the root of the mean square over the last dimensions, which have the sizes [normalizedShape]. */
public fun RMSNorm(
    vararg normalizedShape: Number,
    eps: Double? = null,
    elementwiseAffine: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): RMSNorm = RMSNorm(longs("RMSNorm", normalizedShape), eps, elementwiseAffine, Options(dtype, device, false))

/** Normalises [numGroups] groups of the channels of each sample: (N, numChannels, *). */
public fun GroupNorm(
    numGroups: Number,
    numChannels: Number,
    eps: Double = 1e-5,
    affine: Boolean = true,
    bias: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): GroupNorm = GroupNorm(
    Math.toIntExact(whole("GroupNorm", numGroups)),
    whole("GroupNorm", numChannels),
    eps,
    affine,
    bias,
    Options(dtype, device, false),
)

/** Normalises each channel over a batch: (N, numFeatures, L) or (N, numFeatures). Without a [momentum] the statistics are of all batches. */
public fun BatchNorm1d(
    numFeatures: Number,
    eps: Double = 1e-5,
    momentum: Double? = 0.1,
    affine: Boolean = true,
    trackRunningStats: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): BatchNorm1d = BatchNorm1d(
    whole("BatchNorm1d", numFeatures),
    NormOptions(eps, momentum, affine, true, trackRunningStats),
    Options(dtype, device, false),
)

/** Normalises each channel over a batch: (N, numFeatures, H, W). Without a [momentum] the statistics are of all batches. */
public fun BatchNorm2d(
    numFeatures: Number,
    eps: Double = 1e-5,
    momentum: Double? = 0.1,
    affine: Boolean = true,
    trackRunningStats: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): BatchNorm2d = BatchNorm2d(
    whole("BatchNorm2d", numFeatures),
    NormOptions(eps, momentum, affine, true, trackRunningStats),
    Options(dtype, device, false),
)

/** Normalises each channel over a batch: (N, numFeatures, D, H, W). Without a [momentum] the statistics are of all batches. */
public fun BatchNorm3d(
    numFeatures: Number,
    eps: Double = 1e-5,
    momentum: Double? = 0.1,
    affine: Boolean = true,
    trackRunningStats: Boolean = true,
    dtype: DType? = null,
    device: Device? = null,
): BatchNorm3d = BatchNorm3d(
    whole("BatchNorm3d", numFeatures),
    NormOptions(eps, momentum, affine, true, trackRunningStats),
    Options(dtype, device, false),
)

/** Normalises each channel of each sample: (N, numFeatures, L), or without the batch. */
public fun InstanceNorm1d(
    numFeatures: Number,
    eps: Double = 1e-5,
    momentum: Double? = 0.1,
    affine: Boolean = false,
    trackRunningStats: Boolean = false,
    dtype: DType? = null,
    device: Device? = null,
): InstanceNorm1d = InstanceNorm1d(
    whole("InstanceNorm1d", numFeatures),
    NormOptions(eps, momentum, affine, true, trackRunningStats),
    Options(dtype, device, false),
)

/** Normalises each channel of each sample: (N, numFeatures, H, W), or without the batch. */
public fun InstanceNorm2d(
    numFeatures: Number,
    eps: Double = 1e-5,
    momentum: Double? = 0.1,
    affine: Boolean = false,
    trackRunningStats: Boolean = false,
    dtype: DType? = null,
    device: Device? = null,
): InstanceNorm2d = InstanceNorm2d(
    whole("InstanceNorm2d", numFeatures),
    NormOptions(eps, momentum, affine, true, trackRunningStats),
    Options(dtype, device, false),
)

/** Normalises each channel of each sample: (N, numFeatures, D, H, W), or without the batch. */
public fun InstanceNorm3d(
    numFeatures: Number,
    eps: Double = 1e-5,
    momentum: Double? = 0.1,
    affine: Boolean = false,
    trackRunningStats: Boolean = false,
    dtype: DType? = null,
    device: Device? = null,
): InstanceNorm3d = InstanceNorm3d(
    whole("InstanceNorm3d", numFeatures),
    NormOptions(eps, momentum, affine, true, trackRunningStats),
    Options(dtype, device, false),
)
