package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.tensor.backend.Device
import io.gradus.tensor.backend.DeviceStream
import io.gradus.tensor.error.BackendException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executors
import kotlin.coroutines.EmptyCoroutineContext

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

        "a chosen stream follows its coroutine to other threads, and the others there do not notice" {
            val lanes = Lanes(Device.cpu())
            val side = lanes.Lane("side")
            Executors.newFixedThreadPool(2).asCoroutineDispatcher().use { pool ->
                runBlocking(pool) {
                    val results =
                        List(20) { i ->
                            async(if (i % 2 == 0) onStream(side) else EmptyCoroutineContext) {
                                List(5) {
                                    delay(1)
                                    lanes.current() to withContext(Dispatchers.Default) { lanes.current() }
                                }
                            }
                        }.awaitAll()
                    results shouldBe List(20) { i -> List(5) { if (i % 2 == 0) "side" to "side" else null to null } }
                }
                runBlocking(pool) { lanes.current() } shouldBe null
            }
        }

        "onStream holds for its block, and for its device alone" {
            val here = Lanes(Device.cpu())
            val there = Lanes(object : Device by Device.cpu() {})
            runBlocking(onStream(here.Lane("a")) + onStream(there.Lane("b"))) {
                here.current() to there.current() shouldBe ("a" to "b")
                onStream(here.Lane("c")) {
                    delay(1)
                    here.current() to there.current() shouldBe ("c" to "b")
                }
                here.current() shouldBe "a"
                shouldThrow<IllegalStateException> { onStream(here.Lane("d")) { error("inside") } }
                here.current() to there.current() shouldBe ("a" to "b")
            }
            here.current() to there.current() shouldBe (null to null)
        }

        "what went wrong on the device is thrown where it is waited for" {
            val broken = object : Device by Device.cpu() {
                override fun synchronize() = throw BackendException("[gather] no such place")
            }
            shouldThrow<BackendException> { broken.await() }.message shouldBe "[gather] no such place"
        }
    })

/** Streams of a device, of which each thread chooses one. */
private class Lanes(private val device: Device) {
    private val chosen = ThreadLocal<String?>()

    fun current(): String? = chosen.get()

    inner class Lane(private val name: String) : DeviceStream {
        override fun device() = device

        override fun enter(): DeviceStream.Scope {
            val before = chosen.get()
            chosen.set(name)
            return DeviceStream.Scope { chosen.set(before) }
        }
    }
}
