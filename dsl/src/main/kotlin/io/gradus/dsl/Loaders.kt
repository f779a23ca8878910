package io.gradus.dsl

import io.gradus.data.DataLoader
import io.gradus.data.Dataset
import io.gradus.data.Pass
import io.gradus.data.Splits
import io.gradus.data.Subset
import io.gradus.random.Generator
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.suspendCancellableCoroutine

/**
 * One pass over the loader as a cold flow; the order is drawn when it is collected.
 *
 * Waiting for a batch suspends. A collector that is cancelled, or has enough, does not wait for what is being loaded:
 * workers are interrupted, and what they were at is dropped.
 */
public fun <T : Any, B : Any> DataLoader<T, B>.asFlow(): Flow<B> = flow {
    val pass = iterator()
    pass.use {
        while (true) emit(pass.await() ?: break)
    }
}

/** The next batch if there is one, waited for on a thread of its own, so that cancelling takes effect at once. */
private suspend fun <B : Any> Pass<B>.await(): B? = suspendCancellableCoroutine { waiting ->
    waiting.invokeOnCancellation { close() }
    Thread.startVirtualThread { waiting.resumeWith(runCatching { if (hasNext()) next() else null }) }
}

/** Random parts by weight, such as `set.split(8, 1, 1, generator = Generator(1))`. */
public fun <T : Any> Dataset<T>.split(vararg weights: Number, generator: Generator): List<Subset<T>> =
    Splits.randomSplit(this, DoubleArray(weights.size) { weights[it].toDouble() }, generator)
