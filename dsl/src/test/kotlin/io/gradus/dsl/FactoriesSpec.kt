package io.gradus.dsl

import io.gradus.random.Generator
import io.gradus.tensor.dtype.DType
import io.gradus.tensor.error.ShapeException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class FactoriesSpec :
    StringSpec({
        "S1.1 tensor infers the dtype" {
            tensor(1, 2, 3).dtype shouldBe i64
            tensor(1.0, 2.0).dtype shouldBe f32
            tensor(1.0f, 2.0f).dtype shouldBe f32
            tensor(1, 2.5).dtype shouldBe f32
            tensor(true, false).dtype shouldBe bool
            tensor(intArrayOf(1)).dtype shouldBe i32
            tensor(longArrayOf(1)).dtype shouldBe i64
            tensor(floatArrayOf(1f)).dtype shouldBe f32
            tensor(doubleArrayOf(1.0)).dtype shouldBe f64
            tensor(booleanArrayOf(true)).dtype shouldBe bool
            tensor(1, 2, dtype = f64).dtype shouldBe f64
        }

        "S1.1 tensor takes numbers, nested lists and nested arrays" {
            tensor(1, 2.5) shouldHold listOf(1, 2.5)
            tensor(listOf(1, 2), listOf(3, 4)) shouldHold listOf(listOf(1, 2), listOf(3, 4))
            tensor(listOf(listOf(1, 2), listOf(3, 4))) shouldHold listOf(listOf(1, 2), listOf(3, 4))
            tensor(arrayOf(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f))) shouldHold listOf(listOf(1, 2), listOf(3, 4))
            tensor(listOf(1, 2)) shouldHold listOf(1, 2)
            tensor(3).dim() shouldBe 0
            tensor(true).dim() shouldBe 0
            tensor(listOf(3)).dim() shouldBe 1
        }

        "S1.1 ragged rows are an error that names the first" {
            shouldThrow<ShapeException> { tensor(listOf(1, 2), listOf(3)) }.message shouldContain "[1]"
        }

        "S1.3 sizes are Int or Long, and a Shape does as well" {
            val n = 2
            val m = 3L
            zeros(2, 3) shouldHold listOf(listOf(0, 0, 0), listOf(0, 0, 0))
            zeros(n, 3).shape shouldBe zeros(2L, m).shape
            ones(1, 2) shouldHold listOf(listOf(1, 1))
            ones(zeros(2, m).shape).shape shouldBe zeros(2, 3).shape
            zeros().dim() shouldBe 0
            ones(dtype = f64).item() shouldBe 1.0
            rand().dim() shouldBe 0
            randn(dtype = f64, generator = Generator(1)).dtype shouldBe f64
            empty(0, 4).numel shouldBe 0
            full(1, 2, value = 7).dtype shouldBe i64
            full(2L, value = 0.5) shouldHold listOf(0.5, 0.5)
            full(zeros(2).shape, 7) shouldHold listOf(7, 7)
        }

        "S1.3 ranges" {
            arange(3) shouldHold listOf(0, 1, 2)
            arange(3).dtype shouldBe i64
            arange(1, 7, step = 2) shouldHold listOf(1, 3, 5)
            arange(0, 1, 0.25) shouldHold listOf(0, 0.25, 0.5, 0.75)
            arange(3, dtype = f32).dtype shouldBe f32
            linspace(0, 1, 3) shouldHold listOf(0, 0.5, 1)
            logspace(0, 2, 3, base = 2) shouldHold listOf(1, 2, 4)
            eye(2) shouldHold listOf(listOf(1, 0), listOf(0, 1))
            eye(1, 2) shouldHold listOf(listOf(1, 0))
        }

        "S1.5 likes take shape and dtype over, unless given" {
            val x = tensor(listOf(1, 2), listOf(3, 4))
            zerosLike(x) shouldHold listOf(listOf(0, 0), listOf(0, 0))
            onesLike(x).dtype shouldBe i64
            onesLike(x, dtype = f64).dtype shouldBe f64
            fullLike(x, 9) shouldHold listOf(listOf(9, 9), listOf(9, 9))
        }

        "S1.7 requiresGrad is an option of every factory" {
            zeros(2, requiresGrad = true).requiresGrad shouldBe true
            tensor(1.5, requiresGrad = true).requiresGrad shouldBe true
            ones(2).requiresGrad shouldBe false
        }

        "the names of the dtypes are those that messages print" {
            listOf(f32, f64, f16, bf16, u8, i8, i16, i32, i64, bool) shouldBe
                listOf(
                    DType.F32, DType.F64, DType.F16, DType.BF16, DType.U8,
                    DType.I8, DType.I16, DType.I32, DType.I64, DType.BOOL,
                )
        }
    })
