package io.gradus.dsl

import io.gradus.TensorScope
import kotlin.contracts.ExperimentalContracts
import kotlin.contracts.InvocationKind
import kotlin.contracts.contract

/**
 * Gives the memory of all tensors made in [block] back at its end, but of those in its result and of what it keeps.
 *
 * ```
 * val y = tensorScope { (x - x.mean()) / x.std() } // y stays, the rest goes
 * ```
 *
 * Results are looked for in collections, arrays, maps, pairs and other data classes. The block can neither be
 * suspended nor left by `return`: it would end on another thread, or without its result. See [TensorScope].
 */
@OptIn(ExperimentalContracts::class)
public inline fun <R> tensorScope(crossinline block: TensorScope.() -> R): R {
    contract { callsInPlace(block, InvocationKind.EXACTLY_ONCE) }
    TensorScope.open().use { scope ->
        val result = scope.block()
        scope.keepAll(result)
        return result
    }
}
