package io.gradus.dsl

import io.gradus.linalg.Linalg
import io.gradus.tensor.backend.Device
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.math.BigInteger

class AccessSpec :
    StringSpec({
        val x = tensor(listOf(1.0, 5.0, 3.0), listOf(6.0, 2.0, 4.0))

        "S2.1 attributes are properties" {
            x.shape.toArray().toList() shouldBe listOf(2L, 3L)
            x.shape[-1] shouldBe 3L
            x.numel shouldBe 6L
            x.dtype shouldBe f32
            x.device shouldBe Device.cpu()
            x.isLeaf shouldBe true
            x.requiresGrad shouldBe false
            x.T.shape.toArray().toList() shouldBe listOf(3L, 2L)
            zeros(4, 2, 3).mT.shape.toArray().toList() shouldBe listOf(4L, 3L, 2L)
        }

        "a shape takes apart" {
            val (rows, columns) = x.shape
            rows to columns shouldBe (2L to 3L)
            val (a, b, c, d, e) = zeros(1, 2, 3, 4, 5).shape
            listOf(a, b, c, d, e) shouldBe listOf(1L, 2L, 3L, 4L, 5L)
        }

        "results with several parts take apart" {
            val (values, indices) = x.max(1)
            values shouldHold listOf(5, 6)
            indices shouldHold listOf(1, 0)
            val (low, high) = x.aminmax()
            low.item<Int>() to high.item<Int>() shouldBe (1 to 6)
        }

        "decompositions take apart" {
            val spd = tensor(listOf(4.0, 0.0), listOf(0.0, 9.0))
            val (values, vectors) = Linalg.eigh(spd)
            values shouldHold listOf(4, 9)
            vectors.shape shouldBe spd.shape
            val (q, r) = Linalg.qr(spd)
            (q matmul r).allclose(spd) shouldBe true
            val (u, s, vh) = Linalg.svd(spd)
            ((u * s) matmul vh).allclose(spd, 1e-4, 1e-5, false) shouldBe true
            val (sign, logabsdet) = Linalg.slogdet(spd)
            (sign * logabsdet.exp()).allclose(tensor(36.0)) shouldBe true
            val (lu, pivots) = Linalg.luFactor(spd)
            lu shouldHold listOf(listOf(4, 0), listOf(0, 9))
            pivots.numel shouldBe 2L
            val (p, lower, upper) = Linalg.lu(spd)
            (p matmul lower matmul upper).allclose(spd) shouldBe true
            val (complex, columns) = Linalg.eig(spd)
            complex.shape shouldBe columns[0].shape
            val (solution, residuals) = Linalg.lstsq(spd, tensor(listOf(8.0), listOf(9.0)))
            solution.allclose(tensor(listOf(2.0), listOf(1.0)), 1e-4, 1e-5, false) shouldBe true
            residuals.numel shouldBe 0L
        }

        "unique takes apart" {
            val (values, inverse, counts) = tensor(3, 1, 3).unique(0)
            values shouldHold listOf(1, 3)
            inverse shouldHold listOf(1, 0, 1)
            counts shouldHold listOf(1, 2)
        }

        "S7 item gives the number in the type that is asked for" {
            val t = tensor(3.0)
            t.item() shouldBe 3.0f
            t.item<Double>() shouldBe 3.0
            t.item<Float>() shouldBe 3.0f
            t.item<Long>() shouldBe 3L
            t.item<Int>() shouldBe 3
            t.item<Short>() shouldBe 3.toShort()
            t.item<Byte>() shouldBe 3.toByte()
            shouldThrow<IllegalArgumentException> { t.item<BigInteger>() }
        }

        "S10.1 grad can be read, set and removed" {
            val a = ones(2, requiresGrad = true)
            a.grad shouldBe null
            (a * 3).sum().backward()
            a.grad!! shouldHold listOf(3, 3)
            a.grad = null
            a.grad shouldBe null
        }
    })
