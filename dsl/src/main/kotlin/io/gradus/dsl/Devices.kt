package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.fusion.Fusion
import io.gradus.tensor.backend.Device
import kotlinx.coroutines.future.await

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
