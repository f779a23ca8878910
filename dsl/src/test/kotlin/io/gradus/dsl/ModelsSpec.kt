package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.data.TensorDataset
import io.gradus.nn.Linear
import io.gradus.nn.activation.ReLU
import io.gradus.nn.loss.MSELoss
import io.gradus.random.Generator
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe

class ModelsSpec :
    StringSpec({
        class Net : Model() {
            val hidden by module(Linear(4, 8))
            val output by module(Linear(8, 1, false))
            val scale by parameter(ones(1))
            val count by buffer(zeros(1))

            override fun forward(x: Tensor): Tensor = output(hidden(x).relu()) * scale + count
        }

        "S12.3 parts are registered under the names of their properties" {
            val net = Net()
            net.namedParameters().keys shouldContainExactly
                setOf("scale", "hidden.weight", "hidden.bias", "output.weight")
            net.stateDict().keys shouldContainExactlyInAnyOrder
                setOf("scale", "count", "hidden.weight", "hidden.bias", "output.weight")
            net(ones(3, 4)).shape.toArray().toList() shouldBe listOf(3L, 1L)
            (net.scale === net.namedParameters()["scale"]) shouldBe true
        }

        "S12.3 sequential adds layers in order" {
            val model =
                sequential {
                    flatten()
                    linear(4, 3)
                    relu()
                    leakyRelu()
                    tanh()
                    sigmoid()
                    gelu()
                    silu()
                    dropout(0.1)
                    sequential { linear(3, 2, bias = false) }
                    softmax()
                    +ReLU()
                }
            model.children().map { it.typeName() } shouldContainExactly
                listOf(
                    "Flatten", "Linear", "ReLU", "LeakyReLU", "Tanh", "Sigmoid", "GELU", "SiLU", "Dropout",
                    "Sequential", "Softmax", "ReLU",
                )
            model(ones(2, 2, 2)).shape.toArray().toList() shouldBe listOf(2L, 2L)
        }

        "S12.3 sequential knows convolutions, pools and normalisations" {
            val model =
                sequential {
                    conv2d(1, 4, 3, padding = 1, bias = false)
                    batchNorm2d(4)
                    elu()
                    maxPool2d(2)
                    dropout2d(0.1)
                    convTranspose2d(4, 4, 2, stride = 2)
                    groupNorm(2, 4)
                    prelu(4)
                    avgPool2d(2)
                    upsample(2.0)
                    adaptiveAvgPool2d(2)
                    flatten()
                    unflatten(1, 4, 4)
                    layerNorm(4)
                    rmsNorm(4)
                    logSoftmax()
                }
            model(ones(3, 1, 8, 8)).shape.toArray().toList() shouldBe listOf(3L, 4L, 4L)
            model.summary(3, 1, 8, 8).rows().map { it.type() }.take(4) shouldBe
                listOf("Sequential", "Conv2d", "BatchNorm2d", "ELU")
            sequential { embedding(5, 3, paddingIdx = 0) }(tensor(listOf(0L, 4L))).shape.toArray().toList() shouldBe
                listOf(2L, 3L)
        }

        "S12.3 convolutions of every dimension take their settings by name" {
            fun shapes(input: List<Int>, build: SequentialBuilder.() -> Unit) =
                sequential(build)(ones(*input.map { it }.toIntArray())).shape.toArray().toList()
            shapes(listOf(1, 4, 9)) {
                conv1d(4, 6, 3, stride = 2, padding = 1, dilation = 2, groups = 2, bias = false)
                convTranspose1d(6, 2, 3, stride = 2, outputPadding = 1)
            } shouldBe listOf(1L, 2L, 10L)
            shapes(listOf(1, 1, 5, 5, 5)) {
                conv3d(1, 2, 3, padding = 1)
                convTranspose3d(2, 3, 2, stride = 2, padding = 1)
            } shouldBe listOf(1L, 3L, 8L, 8L, 8L)
            sequential { conv2d(4, 6, 3, groups = 2) }.parameters().map { it.shape.toString() } shouldBe
                listOf("[6, 2, 3, 3]", "[6]")
        }

        "S12.3 optimizers take their settings by name" {
            val x = tensor(listOf(1.0), listOf(2.0), listOf(3.0))
            val y = x * 2 + 1
            val lossOf = MSELoss()
            for (
            make in listOf<(List<Tensor>) -> () -> Unit>(
                { p -> sgd(p, lr = 0.05, momentum = 0.9, nesterov = true).let { { it.step() } } },
                { p -> adam(p, lr = 0.1, betas = 0.9 to 0.99).let { { it.step() } } },
                { p -> adamW(p, lr = 0.1, weightDecay = 0.0).let { { it.step() } } },
                { p -> nadam(p, lr = 0.1, betas = 0.9 to 0.99).let { { it.step() } } },
                { p -> rmsprop(p, lr = 0.02, alpha = 0.9).let { { it.step() } } },
                { p -> adagrad(p, lr = 0.5).let { { it.step() } } },
            )
            ) {
                val model = sequential { linear(1, 1) }
                val step = make(model.parameters())
                repeat(300) {
                    model.zeroGrad()
                    lossOf(model(x), y).backward()
                    step()
                }
                lossOf(model(x), y).item<Double>() shouldBeLessThan 0.05
            }
        }

        "S12.1 sets split by weight" {
            val parts = TensorDataset(arange(80)).split(8, 1, 1, generator = Generator(1))
            parts.map { it.size() } shouldBe listOf(64L, 8L, 8L)
        }
    })
