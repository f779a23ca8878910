package io.gradus.dsl

import io.gradus.Options
import io.gradus.nn.ConvOptions
import io.gradus.nn.Dropout
import io.gradus.nn.Dropout1d
import io.gradus.nn.Dropout2d
import io.gradus.nn.Dropout3d
import io.gradus.nn.Embedding
import io.gradus.nn.Flatten
import io.gradus.nn.Interpolation
import io.gradus.nn.Layer
import io.gradus.nn.Linear
import io.gradus.nn.Lookups
import io.gradus.nn.PoolOptions
import io.gradus.nn.Sequential
import io.gradus.nn.Unflatten
import io.gradus.nn.activation.ELU
import io.gradus.nn.activation.GELU
import io.gradus.nn.activation.Hardswish
import io.gradus.nn.activation.LeakyReLU
import io.gradus.nn.activation.LogSoftmax
import io.gradus.nn.activation.Mish
import io.gradus.nn.activation.PReLU
import io.gradus.nn.activation.ReLU
import io.gradus.nn.activation.SELU
import io.gradus.nn.activation.SiLU
import io.gradus.nn.activation.Sigmoid
import io.gradus.nn.activation.Softmax
import io.gradus.nn.activation.Softplus
import io.gradus.nn.activation.Tanh
import io.gradus.nn.conv.Conv1d
import io.gradus.nn.conv.Conv2d
import io.gradus.nn.conv.Conv3d
import io.gradus.nn.conv.ConvTranspose1d
import io.gradus.nn.conv.ConvTranspose2d
import io.gradus.nn.conv.ConvTranspose3d
import io.gradus.nn.image.PixelShuffle
import io.gradus.nn.image.Upsample
import io.gradus.nn.norm.BatchNorm1d
import io.gradus.nn.norm.BatchNorm2d
import io.gradus.nn.norm.BatchNorm3d
import io.gradus.nn.norm.GroupNorm
import io.gradus.nn.norm.LayerNorm
import io.gradus.nn.norm.RMSNorm
import io.gradus.nn.pool.AdaptiveAvgPool1d
import io.gradus.nn.pool.AdaptiveAvgPool2d
import io.gradus.nn.pool.AdaptiveAvgPool3d
import io.gradus.nn.pool.AdaptiveMaxPool1d
import io.gradus.nn.pool.AdaptiveMaxPool2d
import io.gradus.nn.pool.AdaptiveMaxPool3d
import io.gradus.nn.pool.AvgPool1d
import io.gradus.nn.pool.AvgPool2d
import io.gradus.nn.pool.AvgPool3d
import io.gradus.nn.pool.MaxPool1d
import io.gradus.nn.pool.MaxPool2d
import io.gradus.nn.pool.MaxPool3d

/** Keeps the functions of an outer builder out of an inner one. */
@DslMarker
public annotation class ModelDsl

/**
 * Layers one after another.
 *
 * ```
 * val model = sequential {
 *     linear(64, 32)
 *     relu()
 *     linear(32, 10)
 * }
 * ```
 */
public fun sequential(build: SequentialBuilder.() -> Unit): Sequential = SequentialBuilder().apply(build).model

/** The constructor that all convolutions have, of channels, kernel, options, bias, and options of tensors. */
private typealias ConvMaker = (Long, Long, LongArray, ConvOptions, Boolean, Options) -> Layer

/** The receiver of [sequential]. */
@ModelDsl
public class SequentialBuilder internal constructor() {
    internal val model = Sequential()

    /** Adds any layer: `+MyLayer()`. */
    public operator fun Layer.unaryPlus(): Unit = add(this)

    /** Adds layers as one. */
    public fun sequential(build: SequentialBuilder.() -> Unit): Unit = add(SequentialBuilder().apply(build).model)

    /** Adds an affine map of the last dimension. */
    public fun linear(inFeatures: Number, outFeatures: Number, bias: Boolean = true): Unit =
        add(Linear(whole("linear", inFeatures), whole("linear", outFeatures), bias))

    /** Adds max(x, 0). */
    public fun relu(): Unit = add(ReLU())

    /** Adds max(x, 0) with a slope for negative numbers. */
    public fun leakyRelu(negativeSlope: Double = 0.01): Unit = add(LeakyReLU(negativeSlope))

    /** Adds the hyperbolic tangent. */
    public fun tanh(): Unit = add(Tanh())

    /** Adds the logistic function. */
    public fun sigmoid(): Unit = add(Sigmoid())

    /** Adds the Gaussian error linear unit. */
    public fun gelu(): Unit = add(GELU())

    /** Adds x times the logistic function of x. */
    public fun silu(): Unit = add(SiLU())

    /** Adds x where positive, else alpha (exp(x) - 1). */
    public fun elu(alpha: Double = 1.0): Unit = add(ELU(alpha))

    /** Adds the self-normalising exponential unit. */
    public fun selu(): Unit = add(SELU())

    /** Adds x times the hyperbolic tangent of softplus(x). */
    public fun mish(): Unit = add(Mish())

    /** Adds log(1 + exp(x)). */
    public fun softplus(): Unit = add(Softplus())

    /** Adds the piecewise linear kin of [silu]. */
    public fun hardswish(): Unit = add(Hardswish())

    /** Adds a learnt slope for negative numbers, one for all or one for each channel. */
    public fun prelu(channels: Int = 1): Unit = add(PReLU(channels.toLong()))

    /** Adds the logarithm of the normalised exponential over a dimension. */
    public fun logSoftmax(dim: Int = -1): Unit = add(LogSoftmax(dim))

    /** Adds the normalised exponential over a dimension. */
    public fun softmax(dim: Int = -1): Unit = add(Softmax(dim))

    /** Adds dropout, which is active in training only. */
    public fun dropout(p: Double = 0.5): Unit = add(Dropout(p))

    /** Joins dimensions, all after the first one unless given. */
    public fun flatten(startDim: Int = 1, endDim: Int = -1): Unit = add(Flatten(startDim, endDim))

    /** Splits a dimension into several. */
    public fun unflatten(dim: Int, vararg sizes: Number): Unit = add(Unflatten(dim, *longs("unflatten", sizes)))

    /** Adds a table of learnt vectors, looked up by number. */
    public fun embedding(rows: Int, size: Int, paddingIdx: Int? = null) {
        val reading = Lookups.Reading.PLAIN.paddingIdx(paddingIdx?.toLong())
        add(Embedding(rows.toLong(), size.toLong(), reading))
    }

    /** Adds a convolution of signals. */
    public fun conv1d(
        inChannels: Int,
        outChannels: Int,
        kernelSize: Int,
        stride: Int = 1,
        padding: Int = 0,
        dilation: Int = 1,
        groups: Int = 1,
        bias: Boolean = true,
    ): Unit = conv(::Conv1d, inChannels, outChannels, kernelSize, options(stride, padding, dilation, groups), bias)

    /** Adds a transposed convolution of signals. */
    public fun convTranspose1d(
        inChannels: Int,
        outChannels: Int,
        kernelSize: Int,
        stride: Int = 1,
        padding: Int = 0,
        outputPadding: Int = 0,
        bias: Boolean = true,
    ): Unit =
        conv(::ConvTranspose1d, inChannels, outChannels, kernelSize, transposed(stride, padding, outputPadding), bias)

    /** Adds the largest element of every window of signals. */
    public fun maxPool1d(kernelSize: Int, stride: Int = kernelSize, padding: Int = 0): Unit =
        add(MaxPool1d(windows(kernelSize, stride, padding)))

    /** Adds the mean of every window of signals. */
    public fun avgPool1d(kernelSize: Int, stride: Int = kernelSize, padding: Int = 0): Unit =
        add(AvgPool1d(windows(kernelSize, stride, padding)))

    /** Adds means of as many windows of signals as the result has positions. */
    public fun adaptiveAvgPool1d(vararg outputSize: Number): Unit =
        add(AdaptiveAvgPool1d(*longs("adaptiveAvgPool1d", outputSize)))

    /** Adds largest elements of as many windows of signals as the result has positions. */
    public fun adaptiveMaxPool1d(vararg outputSize: Number): Unit =
        add(AdaptiveMaxPool1d(*longs("adaptiveMaxPool1d", outputSize)))

    /** Normalises each channel of a batch of signals. */
    public fun batchNorm1d(channels: Int): Unit = add(BatchNorm1d(channels.toLong()))

    /** Drops whole channels of signals, in training only. */
    public fun dropout1d(p: Double = 0.5): Unit = add(Dropout1d(p))

    /** Adds a convolution of images. */
    public fun conv2d(
        inChannels: Int,
        outChannels: Int,
        kernelSize: Int,
        stride: Int = 1,
        padding: Int = 0,
        dilation: Int = 1,
        groups: Int = 1,
        bias: Boolean = true,
    ): Unit = conv(::Conv2d, inChannels, outChannels, kernelSize, options(stride, padding, dilation, groups), bias)

    /** Adds a transposed convolution of images. */
    public fun convTranspose2d(
        inChannels: Int,
        outChannels: Int,
        kernelSize: Int,
        stride: Int = 1,
        padding: Int = 0,
        outputPadding: Int = 0,
        bias: Boolean = true,
    ): Unit =
        conv(::ConvTranspose2d, inChannels, outChannels, kernelSize, transposed(stride, padding, outputPadding), bias)

    /** Adds the largest element of every window of images. */
    public fun maxPool2d(kernelSize: Int, stride: Int = kernelSize, padding: Int = 0): Unit =
        add(MaxPool2d(windows(kernelSize, stride, padding)))

    /** Adds the mean of every window of images. */
    public fun avgPool2d(kernelSize: Int, stride: Int = kernelSize, padding: Int = 0): Unit =
        add(AvgPool2d(windows(kernelSize, stride, padding)))

    /** Adds means of as many windows of images as the result has positions. */
    public fun adaptiveAvgPool2d(vararg outputSize: Number): Unit =
        add(AdaptiveAvgPool2d(*longs("adaptiveAvgPool2d", outputSize)))

    /** Adds largest elements of as many windows of images as the result has positions. */
    public fun adaptiveMaxPool2d(vararg outputSize: Number): Unit =
        add(AdaptiveMaxPool2d(*longs("adaptiveMaxPool2d", outputSize)))

    /** Normalises each channel of a batch of images. */
    public fun batchNorm2d(channels: Int): Unit = add(BatchNorm2d(channels.toLong()))

    /** Drops whole channels of images, in training only. */
    public fun dropout2d(p: Double = 0.5): Unit = add(Dropout2d(p))

    /** Adds a convolution of volumes. */
    public fun conv3d(
        inChannels: Int,
        outChannels: Int,
        kernelSize: Int,
        stride: Int = 1,
        padding: Int = 0,
        dilation: Int = 1,
        groups: Int = 1,
        bias: Boolean = true,
    ): Unit = conv(::Conv3d, inChannels, outChannels, kernelSize, options(stride, padding, dilation, groups), bias)

    /** Adds a transposed convolution of volumes. */
    public fun convTranspose3d(
        inChannels: Int,
        outChannels: Int,
        kernelSize: Int,
        stride: Int = 1,
        padding: Int = 0,
        outputPadding: Int = 0,
        bias: Boolean = true,
    ): Unit =
        conv(::ConvTranspose3d, inChannels, outChannels, kernelSize, transposed(stride, padding, outputPadding), bias)

    /** Adds the largest element of every window of volumes. */
    public fun maxPool3d(kernelSize: Int, stride: Int = kernelSize, padding: Int = 0): Unit =
        add(MaxPool3d(windows(kernelSize, stride, padding)))

    /** Adds the mean of every window of volumes. */
    public fun avgPool3d(kernelSize: Int, stride: Int = kernelSize, padding: Int = 0): Unit =
        add(AvgPool3d(windows(kernelSize, stride, padding)))

    /** Adds means of as many windows of volumes as the result has positions. */
    public fun adaptiveAvgPool3d(vararg outputSize: Number): Unit =
        add(AdaptiveAvgPool3d(*longs("adaptiveAvgPool3d", outputSize)))

    /** Adds largest elements of as many windows of volumes as the result has positions. */
    public fun adaptiveMaxPool3d(vararg outputSize: Number): Unit =
        add(AdaptiveMaxPool3d(*longs("adaptiveMaxPool3d", outputSize)))

    /** Normalises each channel of a batch of volumes. */
    public fun batchNorm3d(channels: Int): Unit = add(BatchNorm3d(channels.toLong()))

    /** Drops whole channels of volumes, in training only. */
    public fun dropout3d(p: Double = 0.5): Unit = add(Dropout3d(p))

    /** Normalises over the last dimensions. */
    public fun layerNorm(vararg shape: Number): Unit = add(LayerNorm(*longs("layerNorm", shape)))

    /** Divides by the root of the mean square over the last dimensions. */
    public fun rmsNorm(vararg shape: Number): Unit = add(RMSNorm(*longs("rmsNorm", shape)))

    /** Normalises groups of channels of each sample. */
    public fun groupNorm(groups: Int, channels: Int): Unit = add(GroupNorm(groups, channels.toLong()))

    /** Multiplies the sizes of images by a factor. */
    public fun upsample(scaleFactor: Double, mode: Interpolation.Mode = Interpolation.Mode.NEAREST): Unit =
        add(Upsample(doubleArrayOf(scaleFactor), mode, false))

    /** Moves channels to positions. */
    public fun pixelShuffle(factor: Int): Unit = add(PixelShuffle(factor))

    private fun add(layer: Layer) {
        model.add(layer)
    }

    private fun conv(make: ConvMaker, from: Int, to: Int, kernel: Int, options: ConvOptions, bias: Boolean): Unit =
        add(make(from.toLong(), to.toLong(), longArrayOf(kernel.toLong()), options, bias, Options.DEFAULT))

    private fun options(stride: Int, padding: Int, dilation: Int, groups: Int): ConvOptions = ConvOptions.DEFAULT
        .stride(stride.toLong())
        .padding(padding.toLong())
        .dilation(dilation.toLong())
        .groups(groups.toLong())

    private fun transposed(stride: Int, padding: Int, outputPadding: Int): ConvOptions =
        options(stride, padding, 1, 1).outputPadding(outputPadding.toLong())

    private fun windows(kernelSize: Int, stride: Int, padding: Int): PoolOptions =
        PoolOptions.of(kernelSize.toLong()).stride(stride.toLong()).padding(padding.toLong())
}
