package io.gradus.dsl

import io.gradus.nn.PoolOptions
import io.gradus.nn.pool.AdaptiveAvgPool1d
import io.gradus.nn.pool.AdaptiveAvgPool2d
import io.gradus.nn.pool.AdaptiveAvgPool3d
import io.gradus.nn.pool.AvgPool1d
import io.gradus.nn.pool.AvgPool2d
import io.gradus.nn.pool.AvgPool3d
import io.gradus.nn.pool.MaxPool1d
import io.gradus.nn.pool.MaxPool2d
import io.gradus.nn.pool.MaxPool3d

/*
 * Pools with PyTorch's arguments by name, one number for all dimensions; for one number each give PoolOptions to
 * the constructors. The input has a batch, channels and positions, or no batch.
 */

/** The largest element of every window of signals. */
public fun MaxPool1d(
    kernelSize: Number,
    stride: Number = kernelSize,
    padding: Number = 0,
    dilation: Number = 1,
    ceilMode: Boolean = false,
): MaxPool1d = MaxPool1d(
    windows("MaxPool1d", kernelSize, stride, padding)
        .dilation(whole("MaxPool1d", dilation))
        .ceilMode(ceilMode),
)

/** The largest element of every window of images. */
public fun MaxPool2d(
    kernelSize: Number,
    stride: Number = kernelSize,
    padding: Number = 0,
    dilation: Number = 1,
    ceilMode: Boolean = false,
): MaxPool2d = MaxPool2d(
    windows("MaxPool2d", kernelSize, stride, padding)
        .dilation(whole("MaxPool2d", dilation))
        .ceilMode(ceilMode),
)

/** The largest element of every window of volumes. */
public fun MaxPool3d(
    kernelSize: Number,
    stride: Number = kernelSize,
    padding: Number = 0,
    dilation: Number = 1,
    ceilMode: Boolean = false,
): MaxPool3d = MaxPool3d(
    windows("MaxPool3d", kernelSize, stride, padding)
        .dilation(whole("MaxPool3d", dilation))
        .ceilMode(ceilMode),
)

/** The mean of every window of signals; [countIncludePad] counts the padding's zeros. */
public fun AvgPool1d(
    kernelSize: Number,
    stride: Number = kernelSize,
    padding: Number = 0,
    ceilMode: Boolean = false,
    countIncludePad: Boolean = true,
): AvgPool1d = AvgPool1d(
    windows("AvgPool1d", kernelSize, stride, padding).ceilMode(ceilMode).countIncludePad(countIncludePad),
)

/** The mean of every window of images; [countIncludePad] counts the padding's zeros. */
public fun AvgPool2d(
    kernelSize: Number,
    stride: Number = kernelSize,
    padding: Number = 0,
    ceilMode: Boolean = false,
    countIncludePad: Boolean = true,
): AvgPool2d = AvgPool2d(
    windows("AvgPool2d", kernelSize, stride, padding).ceilMode(ceilMode).countIncludePad(countIncludePad),
)

/** The mean of every window of volumes; [countIncludePad] counts the padding's zeros. */
public fun AvgPool3d(
    kernelSize: Number,
    stride: Number = kernelSize,
    padding: Number = 0,
    ceilMode: Boolean = false,
    countIncludePad: Boolean = true,
): AvgPool3d = AvgPool3d(
    windows("AvgPool3d", kernelSize, stride, padding).ceilMode(ceilMode).countIncludePad(countIncludePad),
)

/** Means of as many windows of signals as the result has positions: one number for all dimensions, or one each. */
public fun AdaptiveAvgPool1d(vararg outputSize: Number): AdaptiveAvgPool1d =
    AdaptiveAvgPool1d(*longs("AdaptiveAvgPool1d", outputSize))

/** Means of as many windows of images as the result has positions: one number for all dimensions, or one each. */
public fun AdaptiveAvgPool2d(vararg outputSize: Number): AdaptiveAvgPool2d =
    AdaptiveAvgPool2d(*longs("AdaptiveAvgPool2d", outputSize))

/** Means of as many windows of volumes as the result has positions: one number for all dimensions, or one each. */
public fun AdaptiveAvgPool3d(vararg outputSize: Number): AdaptiveAvgPool3d =
    AdaptiveAvgPool3d(*longs("AdaptiveAvgPool3d", outputSize))

private fun windows(name: String, kernelSize: Number, stride: Number, padding: Number): PoolOptions =
    PoolOptions.of(whole(name, kernelSize)).stride(whole(name, stride)).padding(whole(name, padding))
