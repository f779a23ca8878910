package io.gradus.dsl

import io.gradus.Parameter
import io.gradus.Tensor
import io.gradus.nn.Layer
import io.gradus.nn.Loss
import io.gradus.nn.Module
import kotlin.properties.PropertyDelegateProvider
import kotlin.properties.ReadOnlyProperty

/** Runs the layer with its hooks: `model(x)`. */
public operator fun Layer.invoke(x: Tensor): Tensor = call(x)

/** The loss of a prediction: `loss(model(x), y)`. */
public operator fun Loss.invoke(input: Tensor, target: Tensor): Tensor = call(input, target)

/** A leaf that requires grad, with the contents of this tensor: `val w = randn(3, 4).parameter()`. */
public fun Tensor.parameter(): Parameter = Parameter(this)

/** A property that is made known to the model under its own name. */
public typealias Registered<T> = PropertyDelegateProvider<Model, ReadOnlyProperty<Model, T>>

/**
 * A layer whose parts are registered under the names of their properties.
 *
 * ```
 * class Net : Model() {
 *     val hidden by module(Linear(64, 32))
 *     val scale by parameter(ones(10))
 *
 *     override fun forward(x: Tensor) = hidden(x).relu() * scale
 * }
 * ```
 */
public abstract class Model : Layer() {
    /** A part with parameters of its own. */
    protected fun <M : Module> module(module: M): Registered<M> = named { register(it, module) }

    /** A tensor that is trained. */
    protected fun parameter(data: Tensor): Registered<Parameter> = named { register(it, Parameter(data)) }

    /** A tensor that is saved but not trained. */
    protected fun buffer(data: Tensor, persistent: Boolean = true): Registered<Tensor> =
        named { registerBuffer(it, data, persistent) }

    private fun <T> named(register: (String) -> T): Registered<T> = PropertyDelegateProvider { _, property ->
        val part = register(property.name)
        ReadOnlyProperty { _, _ -> part }
    }
}
