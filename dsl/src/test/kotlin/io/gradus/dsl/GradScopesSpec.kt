package io.gradus.dsl

import io.gradus.graph.GradMode
import io.gradus.tensor.error.AutogradException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import java.util.concurrent.Executors

class GradScopesSpec :
    StringSpec({
        fun early(): Boolean {
            noGrad { return GradMode.isEnabled() }
        }

        "S10.5 noGrad, enableGrad and inferenceMode hold for their block" {
            noGrad {
                GradMode.isEnabled() shouldBe false
                enableGrad { GradMode.isEnabled() } shouldBe true
                GradMode.isEnabled() shouldBe false
            }
            inferenceMode { GradMode.isInference() } shouldBe true
            GradMode.isEnabled() shouldBe true
            GradMode.isInference() shouldBe false
        }

        "S10.5 the mode comes back after an early return and after an error" {
            early() shouldBe false
            GradMode.isEnabled() shouldBe true
            shouldThrow<IllegalStateException> { noGrad { error("inside") } }.message shouldBe "inside"
            GradMode.isEnabled() shouldBe true
        }

        "S10.5 what noGrad computes is a constant to backward" {
            val x = tensor(1.0, requiresGrad = true)
            val y1 = x pow 2
            val y2 = noGrad { x pow 3 }
            (y1 + y2).backward()
            x.grad!!.item<Double>() shouldBe 2.0
        }

        "S10.11 the mode follows a coroutine to another thread" {
            val here = Thread.currentThread()
            noGrad {
                runBlocking(gradMode()) {
                    withContext(Dispatchers.Default) {
                        (Thread.currentThread() === here) to GradMode.isEnabled()
                    } shouldBe (false to false)
                }
            }
            GradMode.isEnabled() shouldBe true
        }

        "S10.11 withoutGrad holds across suspension, and other coroutines of the same threads do not notice" {
            val pool = Executors.newFixedThreadPool(2).asCoroutineDispatcher()
            pool.use {
                runBlocking(it) {
                    val results =
                        List(20) { i ->
                            async {
                                if (i % 2 == 0) {
                                    withoutGrad {
                                        List(5) {
                                            delay(1)
                                            GradMode.isEnabled()
                                        }
                                    }
                                } else {
                                    List(5) {
                                        delay(1)
                                        GradMode.isEnabled()
                                    }
                                }
                            }
                        }.awaitAll()
                    results shouldBe List(20) { i -> List(5) { i % 2 == 1 } }
                }
                runBlocking(it) { GradMode.isEnabled() } shouldBe true
            }
        }

        "S10.11 inference mode travels too" {
            runBlocking(gradMode(inference = true)) {
                withContext(Dispatchers.IO) { GradMode.isInference() } shouldBe true
            }
            GradMode.isInference() shouldBe false
        }

        "a noGrad block that changes threads is an error, and the mode of both threads is right" {
            val one = Executors.newSingleThreadExecutor().asCoroutineDispatcher()
            val two = Executors.newSingleThreadExecutor().asCoroutineDispatcher()
            one.use { first ->
                two.use { second ->
                    runBlocking {
                        val failure =
                            shouldThrow<AutogradException> {
                                withContext(Dispatchers.Unconfined) {
                                    noGrad {
                                        withContext(first) { delay(1) }
                                        delay(1)
                                        withContext(second) { delay(1) }
                                    }
                                }
                            }
                        failure.message shouldContain "withoutGrad"
                        withContext(first) { GradMode.isEnabled() } shouldBe true
                        withContext(second) { GradMode.isEnabled() } shouldBe true
                    }
                }
            }
            GradMode.isEnabled() shouldBe true
        }
    })
