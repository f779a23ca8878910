package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.data.DataLoader
import io.gradus.data.TensorDataset
import io.gradus.metrics.MeanAbsoluteError
import io.gradus.nn.loss.MSELoss
import io.gradus.random.Generator
import io.gradus.train.Objective
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe

class TrainersSpec :
    StringSpec({
        val x = tensor(listOf(-1.0, 0.0, 1.0, 2.0)).view(4, 1)
        val set = TensorDataset(x, x * 2 + 1)

        "S12.4 a trainer is built with a block" {
            val shuffle = Generator(2)
            val model = sequential { linear(1, 1) }
            val history =
                trainer(model, MSELoss(), sgd(model.parameters(), lr = 0.1)) {
                    metric("mae") { MeanAbsoluteError() }
                    validation(DataLoader.of(set, 4))
                    generator("shuffle", shuffle)
                }.fit(DataLoader.of(set, 2).shuffle(shuffle), 100)
            history.epochs().size shouldBe 100
            history.epochs().last().values().keys shouldContainExactly
                setOf("lr", "loss", "mae", "validation loss", "validation mae")
            history.values("validation mae").last() shouldBeLessThan 1e-3
        }

        "S12.4 an objective takes batches of anything" {
            val w = tensor(5.0).parameter()
            val model = object : Model() {
                val w by parameter(w)

                override fun forward(x: Tensor): Tensor = this.w * x
            }
            val objective = Objective<Double> { target ->
                val t = tensor(target)
                val y = model(ones(1))
                Objective.Outcome((y - t).square().sum(), y, t)
            }
            val trained = trainer(model, objective, sgd(model.parameters(), lr = 0.25))
            trained.fit(List(20) { 3.0 }, 1).epochs().size shouldBe 1
            (trained.evaluate(listOf(3.0)).getValue("loss")) shouldBeLessThan 1e-6
        }
    })
