// star imports, as scripts and many projects have them: what is called may be a member, a constructor or of the DSL
@file:Suppress("ktlint:standard:no-wildcard-imports")

package io.gradus.use

import io.gradus.dsl.*
import io.gradus.nn.*
import io.gradus.nn.attention.*
import io.gradus.nn.conv.*
import io.gradus.nn.norm.*
import io.gradus.nn.pool.*
import io.gradus.nn.rnn.*
import io.gradus.random.*
import io.gradus.tensor.error.InvalidArgumentException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** In a package of its own and with star imports, as in a user's project. */
class SizesSpec :
    StringSpec({
        val n = 2
        val m = 3
        val long = 4L
        val x = arange(24, dtype = f32)

        "methods take Int variables, Long and both at once" {
            x.view(n, m, 4).shape.toList() shouldBe listOf(2L, 3L, 4L)
            x.view(n, -1).shape.toList() shouldBe listOf(2L, 12L)
            x.view(n, m, long).shape.toList() shouldBe listOf(2L, 3L, 4L)
            x.reshape(m, x.size(0) / m).shape.toList() shouldBe listOf(3L, 8L)
            x.reshape(2, 12).shape.toList() shouldBe listOf(2L, 12L)
            ones(1, 3).expand(n, m).shape.toList() shouldBe listOf(2L, 3L)
            ones(1, 3).broadcastTo(n, m).shape.toList() shouldBe listOf(2L, 3L)
            ones(1, 3).repeat(n, m).shape.toList() shouldBe listOf(2L, 9L)
            ones(1, 3).tile(n).shape.toList() shouldBe listOf(1L, 6L)
            tensor(1, 2).repeatInterleave(n).toList() shouldBe listOf(1L, 1L, 2L, 2L)
            tensor(1, 2).repeatInterleave(n, dim = 0).toList() shouldBe listOf(1L, 1L, 2L, 2L)
            tensor(1, 2, 3).roll(n).toList() shouldBe listOf(2L, 3L, 1L)
            tensor(1, 2, 3).roll(n, 0).toList() shouldBe listOf(2L, 3L, 1L)
            x.select(0, m).item<Int>() shouldBe 3
            x.narrow(0, n, m).toList() shouldBe listOf(2f, 3f, 4f)
            x.split(n).size shouldBe 12
            x.split(listOf(n, 22), dim = 0).map { it.numel } shouldBe listOf(2L, 22L)
            x.unflatten(0, n, -1).shape.toList() shouldBe listOf(2L, 12L)
            x.unfold(0, n, m).shape.toList() shouldBe listOf(8L, 2L)
            x.topk(n).values.toList() shouldBe listOf(23f, 22f)
            x.topk(k = 2, largest = false).values.toList() shouldBe listOf(0f, 1f)
            x.kthvalue(n).values.item<Int>() shouldBe 1
            x.newZeros(n, m).shape.toList() shouldBe listOf(2L, 3L)
            x.newOnes(n).sum().item<Int>() shouldBe 2
            zeros(6).resize_(n).shape.toList() shouldBe listOf(2L)
        }

        "a size that is not whole is named" {
            shouldThrow<InvalidArgumentException> { x.view(2.5, 2) }.message shouldContain "[view] Sizes are whole"
            shouldThrow<InvalidArgumentException> { Linear(2.5, 2) }.message shouldContain "[Linear]"
        }

        "modules take Int variables, Long and both at once, or literals" {
            val c = ConvOptions.DEFAULT.padding(n).stride(n).dilation(n).groups(n)
            c.padding() shouldBe listOf(2L)
            c.groups() shouldBe 2L
            Linear(n, m)(ones(1, 2)).shape.toList() shouldBe listOf(1L, 3L)
            Linear(long, n)(ones(1, 4)).shape.toList() shouldBe listOf(1L, 2L)
            Linear(4, 2)(ones(1, 4)).shape.toList() shouldBe listOf(1L, 2L)
            Bilinear(n, m, 5).call(ones(1, 2), ones(1, 3)).shape.toList() shouldBe listOf(1L, 5L)
            Embedding(n, m)(tensor(0, 1)).shape.toList() shouldBe listOf(2L, 3L)
            LayerNorm(n, m).parameters()[0].shape.toList() shouldBe listOf(2L, 3L)
            LayerNorm(2).parameters()[0].shape.toList() shouldBe listOf(2L)
            RMSNorm(n).parameters()[0].shape.toList() shouldBe listOf(2L)
            GroupNorm(n, 4).parameters()[0].shape.toList() shouldBe listOf(4L)
            for (norm in listOf<Module>(
                BatchNorm1d(n, affine = false),
                BatchNorm2d(n, affine = false),
                BatchNorm3d(n, affine = false),
                InstanceNorm1d(n),
                InstanceNorm2d(n),
                InstanceNorm3d(n),
            )) {
                norm.parameters().size shouldBe 0
            }
            BatchNorm2d(n).parameters()[0].shape.toList() shouldBe listOf(2L)
            MultiheadAttention(4 * n, n).parameters().size shouldBe 4
            MultiheadAttention(8, 2).parameters().size shouldBe 4
            TransformerEncoderLayer(4 * n, n)(ones(3, 8)).shape.toList() shouldBe listOf(3L, 8L)
            TransformerDecoderLayer(4 * n, n).parameters().isEmpty() shouldBe false
        }

        "so does sequential" {
            val model =
                sequential {
                    linear(long, n * m)
                    unflatten(1, n, m)
                    layerNorm(m)
                    adaptiveAvgPool1d(n)
                }
            model(ones(5, 4)).shape.toList() shouldBe listOf(5L, 2L, 2L)
        }

        "convolutions and pools take Int variables and names" {
            Conv1d(n, m, n)(ones(1, 2, 9)).shape.toList() shouldBe listOf(1L, 3L, 8L)
            Conv2d(n, m, 3)(ones(1, 2, 9, 9)).shape.toList() shouldBe listOf(1L, 3L, 7L, 7L)
            Conv2d(2, 3, 3)(ones(1, 2, 9, 9)).shape.toList() shouldBe listOf(1L, 3L, 7L, 7L)
            Conv2d(
                n,
                m,
                kernelSize = 3,
                stride = 2,
                padding = 1,
                bias = false,
            )(ones(1, 2, 9, 9)).shape.toList() shouldBe
                listOf(1L, 3L, 5L, 5L)
            Conv3d(n, 4, m, groups = n)(ones(2, 3, 3, 3)).shape.toList() shouldBe listOf(4L, 1L, 1L, 1L)
            ConvTranspose1d(n, m, n)(ones(1, 2, 4)).shape.toList() shouldBe listOf(1L, 3L, 5L)
            ConvTranspose2d(n, m, n, stride = n)(ones(1, 2, 4, 4)).shape.toList() shouldBe listOf(1L, 3L, 8L, 8L)
            ConvTranspose3d(n, m, n)(ones(1, 2, 4, 4, 4)).shape.toList() shouldBe listOf(1L, 3L, 5L, 5L, 5L)
            MaxPool1d(n)(ones(1, 1, 4)).numel shouldBe 2
            MaxPool2d(n)(ones(1, 1, 4, 4)).numel shouldBe 4
            MaxPool2d(kernelSize = 3, stride = 1, padding = 1)(ones(1, 1, 4, 4)).numel shouldBe 16
            MaxPool3d(n)(ones(1, 1, 4, 4, 4)).numel shouldBe 8
            AvgPool1d(n)(ones(1, 1, 4)).numel shouldBe 2
            AvgPool2d(n)(ones(1, 1, 4, 4)).numel shouldBe 4
            AvgPool3d(n)(ones(1, 1, 4, 4, 4)).numel shouldBe 8
            AdaptiveAvgPool1d(n)(ones(1, 1, 4)).numel shouldBe 2
            AdaptiveAvgPool2d(n, m)(ones(1, 1, 4, 4)).numel shouldBe 6
            AdaptiveAvgPool3d(n)(ones(1, 1, 4, 4, 4)).numel shouldBe 8
        }

        "recurrent networks take Int variables and names" {
            val steps = ones(5, 1, 2)
            LSTM(n, m).call(steps).output.shape.toList() shouldBe listOf(5L, 1L, 3L)
            LSTM(n, m, numLayers = 2, bidirectional = true).call(steps).output.shape.toList() shouldBe
                listOf(5L, 1L, 6L)
            LSTM(n, 4, projSize = n).call(steps).output.shape.toList() shouldBe listOf(5L, 1L, 2L)
            GRU(n, m, batchFirst = true).call(steps).output.shape.toList() shouldBe listOf(5L, 1L, 3L)
            RNN(n, m, nonlinearity = Nonlinearity.RELU).call(steps).output.shape.toList() shouldBe listOf(5L, 1L, 3L)
            RNNCell(n, m).parameters()[0].shape.toList() shouldBe listOf(3L, 2L)
            LSTMCell(n, m).parameters()[0].shape.toList() shouldBe listOf(12L, 2L)
            GRUCell(n, m, bias = false).parameters().size shouldBe 2
        }

        "modules take their settings by name" {
            Linear(inFeatures = 4, outFeatures = n, bias = false, dtype = f64).parameters().map { it.dtype } shouldBe
                listOf(f64)
            Embedding(4, 2, paddingIdx = 1)(tensor(1, 1)).sum().item<Int>() shouldBe 0
            Dropout(p = 1).call(ones(2)).sum().item<Int>() shouldBe 0
            Dropout(0.0)(ones(2)).sum().item<Int>() shouldBe 2
            Dropout().toString() shouldBe "Dropout(p=0.5)"
            LayerNorm(2, eps = 1e-3, bias = false).parameters().size shouldBe 1
            MultiheadAttention(8, 2, bias = false, batchFirst = true, kdim = n).parameters().size shouldBe 4
            TransformerEncoderLayer(8, 2, dimFeedforward = 4, dropout = 0.0, activation = {
                it.gelu()
            })(ones(3, 8)).shape.toList() shouldBe
                listOf(3L, 8L)
        }

        "seeds and bounds are Int variables too" {
            manualSeed(n)
            val first = randint(5, high = m)
            manualSeed(2L)
            randint(5, high = 3L).equal(first) shouldBe true
            rand(2, generator = Generator(n)).equal(rand(2, generator = Generator(2L))) shouldBe true
        }
    })
