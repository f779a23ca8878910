package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.fusion.Fusion
import io.gradus.tensor.backend.Device
import io.gradus.tensor.backend.DeviceStream
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ThreadContextElement
import kotlinx.coroutines.future.await
import kotlinx.coroutines.withContext
import kotlin.coroutines.CoroutineContext

/**
 * Suspends until everything the device was asked for so far is done, while the thread does other things; reading
 * numbers does not wait then.
 *
 * @throws io.gradus.tensor.error.TensorException what went wrong in it
 */
public suspend fun Device.await() {
    finished().await()
}

/**
 * Suspends until the tensor's numbers are there: reading them, as with `item()`, does not wait then.
 *
 * @return the same tensor
 * @throws io.gradus.tensor.error.TensorException what went wrong on its device
 */
public suspend fun Tensor.await(): Tensor {
    Fusion.compute(this)
    device().await()
    return this
}

/** Runs [block] with its work on the stream's device going to [stream], on whatever threads it runs. */
public suspend fun <R> onStream(stream: DeviceStream, block: suspend CoroutineScope.() -> R): R =
    withContext(onStream(stream), block)

/**
 * A stream for a coroutine to keep on whatever thread it runs; one for each device may be in a context.
 *
 * ```
 * launch(Dispatchers.Default + onStream(side)) { model(x) }
 * ```
 */
public fun onStream(stream: DeviceStream): CoroutineContext.Element = StreamElement(stream)

private class StreamElement(private val stream: DeviceStream) : ThreadContextElement<DeviceStream.Scope> {
    private data class Key(val device: Device) : CoroutineContext.Key<StreamElement>

    override val key: CoroutineContext.Key<*> = Key(stream.device())

    override fun updateThreadContext(context: CoroutineContext): DeviceStream.Scope = stream.enter()

    override fun restoreThreadContext(context: CoroutineContext, oldState: DeviceStream.Scope) {
        oldState.close()
    }
}
