package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.tensor.error.InvalidArgumentException
import io.gradus.tensor.error.TensorIndexException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class IndexingSpec :
    StringSpec({
        val x = arange(12).view(3, 4)
        val v = arange(10)

        fun Tensor.sizes() = shape.toArray().toList()

        "S3.1 a position drops its dimension" {
            x[0] shouldHold listOf(0, 1, 2, 3)
            x[-1] shouldHold listOf(8, 9, 10, 11)
            val i = 1
            val j = 2L
            x[i] shouldHold listOf(4, 5, 6, 7)
            x[i, j].item<Int>() shouldBe 6
            x[1, 2].item<Int>() shouldBe 6
            x[i.toShort(), 2.toByte()].item<Int>() shouldBe 6
        }

        "S3.1 whole dimensions, ellipsis and new axes" {
            x[all, 1] shouldHold listOf(1, 5, 9)
            x[ellipsis, -1] shouldHold listOf(3, 7, 11)
            x[newAxis].sizes() shouldBe listOf(1L, 3L, 4L)
            x[all, newAxis, 0].sizes() shouldBe listOf(3L, 1L)
            x[ellipsis, newAxis].sizes() shouldBe listOf(3L, 4L, 1L)
        }

        "S3.1 ranges of Kotlin keep their meaning" {
            v[1..3] shouldHold listOf(1, 2, 3)
            v[1 until 3] shouldHold listOf(1, 2)
            v[1..<3] shouldHold listOf(1, 2)
            v[1..<8 step 2] shouldHold listOf(1, 3, 5, 7)
            v[1L..3L] shouldHold listOf(1, 2, 3)
            v[1L..8L step 3] shouldHold listOf(1, 4, 7)
            v[-3..-1] shouldHold listOf(7, 8, 9)
            v[-3..-2] shouldHold listOf(7, 8)
            v[8..100] shouldHold listOf(8, 9)
            x[1..2, 0] shouldHold listOf(4, 8)
            x[all, 1 until 3] shouldHold listOf(listOf(1, 2), listOf(5, 6), listOf(9, 10))
        }

        "an empty range is empty, never up to the end" {
            v[0..-1].sizes() shouldBe listOf(0L)
            v[1..<-1].sizes() shouldBe listOf(0L)
            v[0 until 0].sizes() shouldBe listOf(0L)
            v[5..2].sizes() shouldBe listOf(0L)
        }

        "open ranges use end" {
            v[7..end] shouldHold listOf(7, 8, 9)
            v[7..<end] shouldHold listOf(7, 8)
            v[7 until end] shouldHold listOf(7, 8)
            v[5..end - 2] shouldHold listOf(5, 6, 7)
            v[7L..end] shouldHold listOf(7, 8, 9)
            v[7L..<end] shouldHold listOf(7, 8)
            v[end].item<Int>() shouldBe 9
            v[end - 1].item<Int>() shouldBe 8
            v[(end - 2)..end] shouldHold listOf(7, 8, 9)
            v[(end - 2)..<end] shouldHold listOf(7, 8)
            v[(end - 9)..2] shouldHold listOf(0, 1, 2)
            v[(end - 9)..<2] shouldHold listOf(0, 1)
            v[-3..end] shouldHold listOf(7, 8, 9)
            v[1..end step 4] shouldHold listOf(1, 5, 9)
            v[all step 4] shouldHold listOf(0, 4, 8)
            x[1..<end step 2, end - 1] shouldHold listOf(6)
        }

        "S3.1 masks and positions choose" {
            x[x gt 8] shouldHold listOf(9, 10, 11)
            v[tensor(3, 1, 1)] shouldHold listOf(3, 1, 1)
            x[tensor(0, 2), tensor(1, 3)] shouldHold listOf(1, 11)
            x[all, listOf(3, 0)] shouldHold listOf(listOf(3, 0), listOf(7, 4), listOf(11, 8))
            v[intArrayOf(2, 4)] shouldHold listOf(2, 4)
            v[longArrayOf(2, 4)] shouldHold listOf(2, 4)
            x[booleanArrayOf(true, false, true), 0] shouldHold listOf(0, 8)
            v[listOf<Int>()].sizes() shouldBe listOf(0L)
        }

        "S3.2 basic indexing gives views, advanced indexing copies" {
            x[1..2].sameStorage(x) shouldBe true
            x[all, 1].sameStorage(x) shouldBe true
            x[x gt 3].sameStorage(x) shouldBe false
            x[tensor(0, 1)].sameStorage(x) shouldBe false
        }

        "S3.1 assignment through positions and ranges" {
            val t = ones(4, 4)
            t[ellipsis, -1] = 100
            t[all, 1] = 10
            val row = listOf(1, 10, 1, 100)
            t shouldHold listOf(row, row, row, row)
            t[0] = tensor(1.0, 2.0, 3.0, 4.0)
            t[1, 2] = 5
            t[2..end, 0..1] = 0
            t shouldHold listOf(listOf(1, 2, 3, 4), listOf(1, 10, 5, 100), listOf(0, 0, 1, 100), listOf(0, 0, 1, 100))
        }

        "S3.1 assignment through masks and positions" {
            val t = arange(6)
            t[t gt 3] = -1
            t[tensor(0, 1)] = tensor(7, 8)
            t[listOf(2)] = 9
            t shouldHold listOf(7, 8, 9, 3, -1, -1)
            val flags = tensor(true, true, true)
            flags[1] = false
            flags shouldHold listOf(true, false, true)
        }

        "S3.1 += and its kin through a subscript" {
            val t = zeros(2, 2)
            t[all, 1] += 2
            t[0] += tensor(1.0, 1.0)
            t[0, 0] *= 5
            t[t gt 4] -= 1
            t shouldHold listOf(listOf(4, 3), listOf(0, 2))
        }

        "S3.1 y[all] = y + x keeps the memory of y" {
            val y = ones(3)
            val memory = y.detach()
            y[all] = y + tensor(1.0, 2.0, 3.0)
            memory shouldHold listOf(2, 3, 4)
        }

        "S3.4 an index out of range is an error that names it, and writes nothing" {
            shouldThrow<TensorIndexException> { x[3] }.message shouldContain
                "index 3 is out of bounds for dimension 0 with size 3"
            val t = zeros(2)
            shouldThrow<TensorIndexException> { t[tensor(0, 7)] = 1 }.message shouldContain "7"
            t shouldHold listOf(0, 0)
        }

        "S3.1 what is no index says what is" {
            shouldThrow<InvalidArgumentException> { x["a"] }.message shouldBe
                "[index] only integers, ranges, all, ellipsis, newAxis, end, and tensors, arrays or lists of " +
                "positions or truth values are valid indices, but got String: a"
            shouldThrow<InvalidArgumentException> { x[1.5, 0] }.message shouldContain "Double: 1.5"
            shouldThrow<InvalidArgumentException> { v[3 downTo 0] }.message shouldContain "a step must be positive"
            shouldThrow<InvalidArgumentException> { v[-2..1] }.message shouldContain "write (end - 1)..1"
        }

        "S10.6 gradients flow through subscripts and their assignment" {
            val a = ones(3, requiresGrad = true)
            val b = a * 2
            b[0] = 7
            (b[1..end] * tensor(1.0, 2.0)).sum().backward()
            a.grad!! shouldHold listOf(0, 2, 4)
        }
    })
