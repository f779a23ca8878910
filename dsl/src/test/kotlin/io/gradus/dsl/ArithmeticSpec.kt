package io.gradus.dsl

import io.gradus.Parameter
import io.gradus.tensor.error.AutogradException
import io.gradus.tensor.error.ShapeException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class ArithmeticSpec :
    StringSpec({
        val x = tensor(1.0, 2.0, 4.0)
        val y = tensor(2.0, 2.0, 2.0)

        "tensors combine with tensors" {
            x + y shouldHold listOf(3, 4, 6)
            x - y shouldHold listOf(-1, 0, 2)
            x * y shouldHold listOf(2, 4, 8)
            x / y shouldHold listOf(0.5, 1, 2)
            x % tensor(3.0, 3.0, 3.0) shouldHold listOf(1, 2, 1)
        }

        "tensors combine with numbers of any type" {
            x + 1 shouldHold listOf(2, 3, 5)
            x - 1L shouldHold listOf(0, 1, 3)
            x * 2f shouldHold listOf(2, 4, 8)
            x / 2 shouldHold listOf(0.5, 1, 2)
            x % 3.0 shouldHold listOf(1, 2, 1)
        }

        "numbers combine with tensors" {
            1 + x shouldHold listOf(2, 3, 5)
            1 - x shouldHold listOf(0, -1, -3)
            2.0 * x shouldHold listOf(2, 4, 8)
            4f / x shouldHold listOf(4, 2, 1)
            7 % tensor(2.0, 4.0, -4.0) shouldHold listOf(1, 3, -1)
        }

        "S6.2 a number does not change the dtype unless its kind is wider" {
            val whole = tensor(listOf(3, 5), dtype = i32)
            (whole + 1L).dtype shouldBe i32
            (whole + 0.5).dtype shouldBe f32
            (7 % whole).dtype shouldBe i32
            (7.5 % whole).dtype shouldBe f32
            (7 % tensor(3, dtype = i32)).dtype shouldBe i32
            (whole / 2).dtype shouldBe f32
            (2.0 * tensor(listOf(1.0), dtype = f64)).dtype shouldBe f64
        }

        "signs" {
            -x shouldHold listOf(-1, -2, -4)
            +x shouldBe x
            !tensor(true, false) shouldHold listOf(false, true)
            !tensor(0, 5) shouldHold listOf(-1, -6)
        }

        "S6.1 shapes broadcast" {
            tensor(listOf(1, 2)).reshape(1, 2) + tensor(listOf(1), listOf(2), listOf(3)) shouldHold
                listOf(listOf(2, 3), listOf(3, 4), listOf(4, 5))
        }

        "S6.1 shapes that do not fit are an error with both sizes" {
            shouldThrow<ShapeException> { ones(2, 3) + ones(4) }.message shouldContain
                "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1"
        }

        "multiplication binds tighter than addition, and both tighter than named operators" {
            x + y * 2 shouldHold listOf(5, 6, 8)
            (x + y gt 3) shouldHold listOf(false, true, true)
        }

        "S6.4 += on a var makes a new tensor" {
            var z = x
            z += y
            z -= 1
            z *= 2
            z /= y
            z shouldHold listOf(2, 3, 5)
            x shouldHold listOf(1, 2, 4)
            z.sameStorage(x) shouldBe false
        }

        "S6.4 += on a parameter writes in place" {
            val p = Parameter(tensor(1.0, 2.0))
            val memory = p.detach()
            noGrad {
                p += tensor(1.0, 1.0)
                p += 1
                p -= tensor(1.0, 0.0)
                p -= 1
                p *= tensor(2.0, 2.0)
                p *= 3
                p /= tensor(1.0, 2.0)
                p /= 2
            }
            p shouldHold listOf(3, 4.5)
            memory shouldHold listOf(3, 4.5)
        }

        "S10.6 += on a parameter outside of noGrad is an error and writes nothing" {
            val p = Parameter(tensor(1.0, 2.0))
            shouldThrow<AutogradException> { p += 1 }.message shouldContain "in-place operation"
            p shouldHold listOf(1, 2)
        }

        "S10.1 operators record" {
            val a = ones(2, 2, requiresGrad = true)
            val b = (a + 2) * (a + 2) * 3
            val out = b.mean()
            out.item<Double>() shouldBe 27.0
            out.backward()
            a.grad!! shouldHold listOf(listOf(4.5, 4.5), listOf(4.5, 4.5))
        }
    })
