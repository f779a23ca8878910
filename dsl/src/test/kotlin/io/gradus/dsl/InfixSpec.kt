package io.gradus.dsl

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

class InfixSpec :
    StringSpec({
        val x = tensor(listOf(1.0, 2.0), listOf(3.0, 4.0))
        val w = tensor(listOf(1.0, 0.0), listOf(1.0, 2.0))
        val b = tensor(10.0, 20.0)

        "S8 matrix products" {
            val product = listOf(listOf(3, 4), listOf(7, 8))
            x `@` w shouldHold product
            (x matmul w) shouldHold product
            x.matmul(w) shouldHold product
            (b dot tensor(1.0, 2.0)).item<Double>() shouldBe 50.0
        }

        "named operators bind looser than arithmetic" {
            x `@` w + b shouldHold listOf(listOf(33, 64), listOf(77, 148))
            (x `@` w) + b shouldHold listOf(listOf(13, 24), listOf(17, 28))
            (x matmul w) + b shouldHold listOf(listOf(13, 24), listOf(17, 28))
        }

        "powers" {
            (b pow 2) shouldHold listOf(100, 400)
            (tensor(2.0, 3.0) pow tensor(3.0, 2.0)) shouldHold listOf(8, 9)
            (2 pow tensor(3.0, 4.0)) shouldHold listOf(8, 16)
        }

        "comparisons with numbers give truth values" {
            val t = tensor(1, 2, 3)
            (t gt 2) shouldHold listOf(false, false, true)
            (t ge 2) shouldHold listOf(false, true, true)
            (t lt 2) shouldHold listOf(true, false, false)
            (t le 2) shouldHold listOf(true, true, false)
            (t eq 2) shouldHold listOf(false, true, false)
            (t ne 2) shouldHold listOf(true, false, true)
            (t gt 2).dtype shouldBe bool
        }

        "comparisons with tensors broadcast" {
            val t = tensor(1, 2, 3)
            val u = tensor(listOf(2))
            (t gt u) shouldHold listOf(false, false, true)
            (t ge u) shouldHold listOf(false, true, true)
            (t lt u) shouldHold listOf(true, false, false)
            (t le u) shouldHold listOf(true, true, false)
            (t eq u) shouldHold listOf(false, true, false)
            (t ne u) shouldHold listOf(true, false, true)
        }

        "a comparison takes the sum on each side" {
            val t = tensor(1, 2, 3)
            (t + 1 gt 5 - t) shouldHold listOf(false, false, true)
        }

        "truth values combine, and so do bits" {
            val p = tensor(true, true, false, false)
            val q = tensor(true, false, true, false)
            (p and q) shouldHold listOf(true, false, false, false)
            (p or q) shouldHold listOf(true, true, true, false)
            (p xor q) shouldHold listOf(false, true, true, false)
            (tensor(6, 5) and tensor(3, 3)) shouldHold listOf(2, 1)
            ((tensor(1, 2, 3) gt 1) and (tensor(1, 2, 3) lt 3)) shouldHold listOf(false, true, false)
        }
    })
