package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.tensor.error.BackendException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class MemorySpec :
    StringSpec({
        data class Scaled(val by: Double, val result: Tensor)

        "the result of a scope stays, the rest goes" {
            val x = tensor(1.0, 2.0)
            val middle: Tensor
            val y = tensorScope {
                middle = x + 1.0
                middle * 2.0
            }
            y.toList() shouldBe listOf(4.0, 6.0)
            shouldThrow<BackendException> { middle.toList() }.message shouldContain "TensorScope"
        }

        "results are found in pairs, lists and data classes" {
            val x = tensor(1.0, 2.0)
            val (scaled, pair) = tensorScope { listOf(Scaled(2.0, x * 2.0)) to (x + 1.0 to "name") }
            scaled.single().result.toList() shouldBe listOf(2.0, 4.0)
            pair.first.toList() shouldBe listOf(2.0, 3.0)
        }

        "what a scope keeps stays as well" {
            val x = tensor(1.0, 2.0)
            var kept: Tensor? = null
            val sum = tensorScope {
                kept = keep(x * 3.0)
                kept!!.sum().item<Double>()
            }
            sum shouldBe 9.0
            kept!!.toList() shouldBe listOf(3.0, 6.0)
        }
    })
