package io.gradus.dsl

import io.gradus.nn.Dropout
import io.gradus.nn.Flatten
import io.gradus.nn.Layer
import io.gradus.nn.Linear
import io.gradus.nn.Sequential
import io.gradus.nn.activation.GELU
import io.gradus.nn.activation.LeakyReLU
import io.gradus.nn.activation.ReLU
import io.gradus.nn.activation.SiLU
import io.gradus.nn.activation.Sigmoid
import io.gradus.nn.activation.Softmax
import io.gradus.nn.activation.Tanh

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

/** The receiver of [sequential]. */
@ModelDsl
public class SequentialBuilder internal constructor() {
    internal val model = Sequential()

    /** Adds any layer: `+MyLayer()`. */
    public operator fun Layer.unaryPlus() {
        model.add(this)
    }

    /** Adds layers as one. */
    public fun sequential(build: SequentialBuilder.() -> Unit) {
        model.add(SequentialBuilder().apply(build).model)
    }

    /** Adds an affine map of the last dimension. */
    public fun linear(inFeatures: Int, outFeatures: Int, bias: Boolean = true) {
        model.add(Linear(inFeatures.toLong(), outFeatures.toLong(), bias))
    }

    /** Adds max(x, 0). */
    public fun relu() {
        model.add(ReLU())
    }

    /** Adds max(x, 0) with a slope for negative numbers. */
    public fun leakyRelu(negativeSlope: Double = 0.01) {
        model.add(LeakyReLU(negativeSlope))
    }

    /** Adds the hyperbolic tangent. */
    public fun tanh() {
        model.add(Tanh())
    }

    /** Adds the logistic function. */
    public fun sigmoid() {
        model.add(Sigmoid())
    }

    /** Adds the Gaussian error linear unit. */
    public fun gelu() {
        model.add(GELU())
    }

    /** Adds x times the logistic function of x. */
    public fun silu() {
        model.add(SiLU())
    }

    /** Adds the normalised exponential over a dimension. */
    public fun softmax(dim: Int = -1) {
        model.add(Softmax(dim))
    }

    /** Adds dropout, which is active in training only. */
    public fun dropout(p: Double = 0.5) {
        model.add(Dropout(p))
    }

    /** Joins dimensions, all after the first one unless given. */
    public fun flatten(startDim: Int = 1, endDim: Int = -1) {
        model.add(Flatten(startDim, endDim))
    }
}
