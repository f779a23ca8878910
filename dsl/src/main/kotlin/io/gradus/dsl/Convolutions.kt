package io.gradus.dsl

import io.gradus.Options
import io.gradus.nn.ConvOptions
import io.gradus.nn.conv.Conv1d
import io.gradus.nn.conv.Conv2d
import io.gradus.nn.conv.Conv3d
import io.gradus.nn.conv.ConvTranspose1d
import io.gradus.nn.conv.ConvTranspose2d
import io.gradus.nn.conv.ConvTranspose3d
import io.gradus.nn.conv.PaddingMode
import io.gradus.tensor.backend.Device
import io.gradus.tensor.dtype.DType

/*
 * Convolutions with PyTorch's arguments by name; kernels, strides and so on are one number for all dimensions.
 * For one number each, and for the padding that keeps sizes, give ConvOptions to the constructors.
 */

/** A convolution of signals: (N, C, L), or without the batch; the batch's C is inChannels before and outChannels after. */
public fun Conv1d(
    inChannels: Number,
    outChannels: Number,
    kernelSize: Number,
    stride: Number = 1,
    padding: Number = 0,
    dilation: Number = 1,
    groups: Number = 1,
    bias: Boolean = true,
    paddingMode: PaddingMode = PaddingMode.ZEROS,
    dtype: DType? = null,
    device: Device? = null,
): Conv1d = Conv1d(
    whole("Conv1d", inChannels),
    whole("Conv1d", outChannels),
    longs("Conv1d", arrayOf(kernelSize)),
    ConvOptions.DEFAULT.stride(stride).padding(padding).dilation(dilation).groups(groups),
    bias,
    paddingMode,
    Options(dtype, device, false),
)

/** A convolution of images: (N, C, H, W), or without the batch; the batch's C is inChannels before and outChannels after. */
public fun Conv2d(
    inChannels: Number,
    outChannels: Number,
    kernelSize: Number,
    stride: Number = 1,
    padding: Number = 0,
    dilation: Number = 1,
    groups: Number = 1,
    bias: Boolean = true,
    paddingMode: PaddingMode = PaddingMode.ZEROS,
    dtype: DType? = null,
    device: Device? = null,
): Conv2d = Conv2d(
    whole("Conv2d", inChannels),
    whole("Conv2d", outChannels),
    longs("Conv2d", arrayOf(kernelSize)),
    ConvOptions.DEFAULT.stride(stride).padding(padding).dilation(dilation).groups(groups),
    bias,
    paddingMode,
    Options(dtype, device, false),
)

/** A convolution of volumes: (N, C, D, H, W), or without the batch; the batch's C is inChannels before and outChannels after. */
public fun Conv3d(
    inChannels: Number,
    outChannels: Number,
    kernelSize: Number,
    stride: Number = 1,
    padding: Number = 0,
    dilation: Number = 1,
    groups: Number = 1,
    bias: Boolean = true,
    paddingMode: PaddingMode = PaddingMode.ZEROS,
    dtype: DType? = null,
    device: Device? = null,
): Conv3d = Conv3d(
    whole("Conv3d", inChannels),
    whole("Conv3d", outChannels),
    longs("Conv3d", arrayOf(kernelSize)),
    ConvOptions.DEFAULT.stride(stride).padding(padding).dilation(dilation).groups(groups),
    bias,
    paddingMode,
    Options(dtype, device, false),
)

/** A transposed convolution of signals, (N, C, L) or without the batch: the gradient of [Conv1d] as a layer. */
public fun ConvTranspose1d(
    inChannels: Number,
    outChannels: Number,
    kernelSize: Number,
    stride: Number = 1,
    padding: Number = 0,
    outputPadding: Number = 0,
    groups: Number = 1,
    bias: Boolean = true,
    dilation: Number = 1,
    dtype: DType? = null,
    device: Device? = null,
): ConvTranspose1d = ConvTranspose1d(
    whole("ConvTranspose1d", inChannels),
    whole("ConvTranspose1d", outChannels),
    longs("ConvTranspose1d", arrayOf(kernelSize)),
    ConvOptions.DEFAULT
        .stride(stride)
        .padding(padding)
        .dilation(dilation)
        .groups(groups)
        .outputPadding(whole("ConvTranspose1d", outputPadding)),
    bias,
    Options(dtype, device, false),
)

/** A transposed convolution of images, (N, C, H, W) or without the batch: the gradient of [Conv2d] as a layer. */
public fun ConvTranspose2d(
    inChannels: Number,
    outChannels: Number,
    kernelSize: Number,
    stride: Number = 1,
    padding: Number = 0,
    outputPadding: Number = 0,
    groups: Number = 1,
    bias: Boolean = true,
    dilation: Number = 1,
    dtype: DType? = null,
    device: Device? = null,
): ConvTranspose2d = ConvTranspose2d(
    whole("ConvTranspose2d", inChannels),
    whole("ConvTranspose2d", outChannels),
    longs("ConvTranspose2d", arrayOf(kernelSize)),
    ConvOptions.DEFAULT
        .stride(stride)
        .padding(padding)
        .dilation(dilation)
        .groups(groups)
        .outputPadding(whole("ConvTranspose2d", outputPadding)),
    bias,
    Options(dtype, device, false),
)

/** A transposed convolution of volumes, (N, C, D, H, W) or without the batch: the gradient of [Conv3d] as a layer. */
public fun ConvTranspose3d(
    inChannels: Number,
    outChannels: Number,
    kernelSize: Number,
    stride: Number = 1,
    padding: Number = 0,
    outputPadding: Number = 0,
    groups: Number = 1,
    bias: Boolean = true,
    dilation: Number = 1,
    dtype: DType? = null,
    device: Device? = null,
): ConvTranspose3d = ConvTranspose3d(
    whole("ConvTranspose3d", inChannels),
    whole("ConvTranspose3d", outChannels),
    longs("ConvTranspose3d", arrayOf(kernelSize)),
    ConvOptions.DEFAULT
        .stride(stride)
        .padding(padding)
        .dilation(dilation)
        .groups(groups)
        .outputPadding(whole("ConvTranspose3d", outputPadding)),
    bias,
    Options(dtype, device, false),
)
