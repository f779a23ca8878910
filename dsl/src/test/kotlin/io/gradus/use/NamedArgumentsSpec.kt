// star imports, as scripts and many projects have them: what is called may be a member, a constructor or of the DSL
@file:Suppress("ktlint:standard:no-wildcard-imports")

package io.gradus.use

import io.gradus.*
import io.gradus.dsl.*
import io.gradus.tensor.error.AutogradException
import io.gradus.tensor.error.ShapeException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** In a package of its own and with star imports, as in a user's project. */
class NamedArgumentsSpec :
    StringSpec({
        val x = tensor(listOf(1, 5, 3), listOf(4, 2, 6), dtype = f32)

        fun Tensor.rows() = toList()

        "reductions take dim, keepdim and dtype by name" {
            x.sum(dim = 1).rows() shouldBe listOf(9f, 12f)
            x.sum(dim = 1, keepdim = true).shape.toList() shouldBe listOf(2L, 1L)
            x.sum(1, keepdim = true).shape.toList() shouldBe listOf(2L, 1L)
            x.sum(dim = listOf(0, 1)).item<Int>() shouldBe 21
            x.sum(keepdim = true).shape.toList() shouldBe listOf(1L, 1L)
            x.sum(dtype = f64).dtype shouldBe f64
            x.mean(dim = 0, keepdim = true).rows() shouldBe listOf(listOf(2.5f, 3.5f, 4.5f))
            x.mean(dtype = f64).item<Double>() shouldBe 3.5
            x.prod(dim = 0).rows() shouldBe listOf(4f, 10f, 18f)
            x.prod(dim = 0, dtype = f64).dtype shouldBe f64
            x.std(0, keepdim = true).shape.toList() shouldBe listOf(1L, 3L)
            x.std(dim = 0, correction = 0).rows() shouldBe listOf(1.5f, 1.5f, 1.5f)
            x.std(correction = 0).equal(x.std(dim = listOf(0, 1), correction = 0)) shouldBe true
            x.`var`(dim = 0, correction = 0).rows() shouldBe listOf(2.25f, 2.25f, 2.25f)
            x.`var`(correction = 1).equal(x.`var`()) shouldBe true
            x.norm(dim = 1, keepdim = true).shape.toList() shouldBe listOf(2L, 1L)
            x.norm(p = 1, dim = 1).rows() shouldBe listOf(9f, 12f)
            x.norm(p = 1).item<Int>() shouldBe 21
            x.logsumexp(dim = 1).shape.toList() shouldBe listOf(2L)
            (x gt 5).any(dim = 1).rows() shouldBe listOf(false, true)
            (x gt 0).all(dim = 1, keepdim = true).rows() shouldBe listOf(listOf(true), listOf(true))
            x.amax(dim = 1).rows() shouldBe listOf(5f, 6f)
            x.amax(keepdim = true).rows() shouldBe listOf(listOf(6f))
            x.amin(dim = listOf(0, 1)).item<Int>() shouldBe 1
            x.amin(dim = 0).rows() shouldBe listOf(1f, 2f, 3f)
            val (largest, where) = x.max(dim = 1)
            largest.rows() shouldBe listOf(5f, 6f)
            where.rows() shouldBe listOf(1L, 2L)
            x.min(dim = 1, keepdim = true).values.rows() shouldBe listOf(listOf(1f), listOf(2f))
            x.argmax(dim = 1).rows() shouldBe listOf(1L, 2L)
            x.argmin(dim = 1, keepdim = true).rows() shouldBe listOf(listOf(0L), listOf(1L))
            x.median(dim = 1).values.rows() shouldBe listOf(3f, 4f)
        }

        "what keeps its dimension takes names as well" {
            x.softmax(dim = 1).sum(dim = 1).allclose(ones(2)) shouldBe true
            x.softmax(dim = 1, dtype = f64).dtype shouldBe f64
            x.logSoftmax(dim = -1).exp().allclose(x.softmax(-1)) shouldBe true
            x.cumsum(dim = 1).rows() shouldBe listOf(listOf(1f, 6f, 9f), listOf(4f, 6f, 12f))
            x.cumprod(dim = 1, dtype = f64).dtype shouldBe f64
            x.sort(descending = true).values.rows() shouldBe listOf(listOf(5f, 3f, 1f), listOf(6f, 4f, 2f))
            x.argsort(dim = 0).rows() shouldBe listOf(listOf(0L, 1L, 0L), listOf(1L, 0L, 1L))
            x.quantile(q = 0.5, dim = 1).rows() shouldBe listOf(3f, 4f)
            x.quantile(q = 1).item<Int>() shouldBe 6
            x.quantile(tensor(0.0, 1.0), dim = 1, keepdim = true).shape.toList() shouldBe listOf(2L, 2L, 1L)
            x.clamp(min = 2).rows() shouldBe listOf(listOf(2f, 5f, 3f), listOf(4f, 2f, 6f))
            x.clamp(min = 2, max = 4).amax().item<Int>() shouldBe 4
            x.clamp(max = tensor(1.0)).amax().item<Int>() shouldBe 1
        }

        "calls without names stay those of the members" {
            x.sum().item<Int>() shouldBe 21
            x.sum(0).rows() shouldBe listOf(5f, 7f, 9f)
            x.sum(0, 1).item<Int>() shouldBe 21
            x.sum(1, true).shape.toList() shouldBe listOf(2L, 1L)
            x.mean(0, true).shape.toList() shouldBe listOf(1L, 3L)
            x.std(0).shape.toList() shouldBe listOf(3L)
            x.std().equal(x.std(correction = 1)) shouldBe true
            x.norm().equal(x.norm(2.0)) shouldBe true
            x.max().item<Int>() shouldBe 6
            x.max(1).values.rows() shouldBe listOf(5f, 6f)
            x.argmax().item<Int>() shouldBe 5
            x.argmax(1, true).shape.toList() shouldBe listOf(2L, 1L)
            x.amax(0, 1).item<Int>() shouldBe 6
            x.softmax(1).shape shouldBe x.shape
            x.sort().values.shape shouldBe x.shape
            x.clamp(2, 4).amin().item<Int>() shouldBe 2
            x.clamp(2, null).amin().item<Int>() shouldBe 2
            x.topk(2).values.shape.toList() shouldBe listOf(2L, 2L)
            x.quantile(0.5, 1, false).rows() shouldBe listOf(3f, 4f)
        }

        "several become one" {
            cat(listOf(x, x), dim = 1).shape.toList() shouldBe listOf(2L, 6L)
            cat(listOf(x, x)).shape.toList() shouldBe listOf(4L, 3L)
            stack(listOf(x, x), dim = -1).shape.toList() shouldBe listOf(2L, 3L, 2L)
            where(x gt 3, x, 0).sum().item<Int>() shouldBe 15
            where(x gt 3, 0, x).sum().item<Int>() shouldBe 6
            where(x gt 3, x, -x).sum().item<Int>() shouldBe 9
            where(x gt 3, 1, 0).sum().item<Int>() shouldBe 3
            einsum("ij,ij->i", x, x).rows() shouldBe listOf(35f, 56f)
        }

        "conversions have PyTorch's names" {
            val dtypes =
                listOf(
                    x.float(), x.double(), x.half(), x.bfloat16(), x.long(), x.int(), x.short(), x.byte(), x.bool(),
                ).map { it.dtype }
            dtypes shouldBe listOf(f32, f64, f16, bf16, i64, i32, i16, u8, bool)
            (x.float() === x) shouldBe true
            x.cpu().device shouldBe x.device
        }

        "a tensor is a loop over its rows" {
            var sums = emptyList<Int>()
            for (row in x) sums = sums + row.sum().item<Int>()
            sums shouldBe listOf(9, 12)
            x.ndim shouldBe 2
            for (row in ones(0, 2)) error("there is no row: $row")
            shouldThrow<ShapeException> { ones().iterator() }.message shouldContain "iteration over a 0-d tensor"
        }

        "derivatives are checked against differences" {
            val a = tensor(0.5, 1.5, dtype = f64, requiresGrad = true)
            val b = tensor(2.0, -1.0, dtype = f64, requiresGrad = true)
            gradcheck(a, b) { (a, b) -> a * b.sin() } shouldBe true
            gradgradcheck(a, b) { (a, b) -> a * b.sin() } shouldBe true
            shouldThrow<AutogradException> { gradcheck(a) { (a) -> a * a.detach() } }
        }
    })
