package io.gradus.dsl

import io.gradus.Tensor
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

class ProfilingSpec :
    StringSpec({
        "a profile names operators and regions" {
            val a = Tensor.ones(4, 4)
            var twice = a
            val profile =
                profile {
                    twice = region("forward") { a + a }
                }
            twice.sum().item<Double>() shouldBe 32.0
            profile.kernels().map { it.operation() } shouldContainExactly listOf("add")
            profile.regions().map { it.name() } shouldContainExactly listOf("forward")
        }

        "a block that fails ends the profile" {
            shouldThrow<IllegalStateException> { profile { error("no") } }
            val operations = profile { Tensor.ones(2).mul(2) }.kernels().map { it.operation() }
            operations.toSet() shouldBe setOf("ones", "mul")
        }
    })
