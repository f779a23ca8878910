package io.gradus.dsl

import io.gradus.random.Generator
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe

class RandomSpec :
    StringSpec({
        "S1.4 rand is uniform in [0, 1)" {
            val x = rand(2, 50)
            x.shape.toArray().toList() shouldBe listOf(2L, 50L)
            x.doubleArray().all { it >= 0 && it < 1 } shouldBe true
            rand(2L, 50L).shape shouldBe x.shape
        }

        "S1.4 randn is centred" {
            val x = randn(1000, dtype = f64, generator = Generator(1)).doubleArray()
            (x.average() in -0.1..0.1) shouldBe true
            (x.map { it * it }.average() in 0.8..1.2) shouldBe true
        }

        "S1.4 randint is half-open, randperm a permutation" {
            val x = randint(3, 20, low = -1, high = 2)
            x.dtype shouldBe i64
            x.longArray().toSet() shouldContainExactlyInAnyOrder setOf(-1L, 0L, 1L)
            randperm(5).longArray().toList() shouldContainExactlyInAnyOrder listOf(0L, 1L, 2L, 3L, 4L)
        }

        "S1.8 a seed gives the same numbers again" {
            fun draw(seed: Long) = randn(4, generator = Generator(seed)).floatArray().toList()
            draw(3) shouldBe draw(3)
            (draw(3) == draw(4)) shouldBe false
            manualSeed(5)
            val first = rand(4).floatArray().toList()
            manualSeed(5)
            rand(4).floatArray().toList() shouldBe first
        }
    })
