package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.tensor.backend.Device
import io.gradus.tensor.error.BackendException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.launch
import java.util.concurrent.CompletableFuture

class DevicesSpec :
    FreeSpec({
        "a coroutine goes on once the numbers are there" {
            val many = Tensor.ones(100_000).mul(2).add(1)
            many.await() shouldBeSameInstanceAs many
            many.sum().await().item().toDouble() shouldBe 300_000.0
            Device.cpu().await()
        }

        "while one waits, others run in the same thread" {
            val work = CompletableFuture<Void>()
            val busy = object : Device by Device.cpu() {
                override fun finished() = work
            }
            val seen = mutableListOf<String>()
            val waiting = launch {
                busy.await()
                seen += "done"
            }
            launch {
                seen += "meanwhile"
                work.complete(null)
            }
            waiting.join()
            seen shouldBe listOf("meanwhile", "done")
        }

        "what went wrong on the device is thrown where it is waited for" {
            val broken = object : Device by Device.cpu() {
                override fun synchronize() = throw BackendException("[gather] no such place")
            }
            shouldThrow<BackendException> { broken.await() }.message shouldBe "[gather] no such place"
        }
    })
