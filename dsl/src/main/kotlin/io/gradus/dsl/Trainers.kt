package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.nn.Layer
import io.gradus.nn.Loss
import io.gradus.nn.Module
import io.gradus.optim.Optimizer
import io.gradus.train.Objective
import io.gradus.train.Trainer
import io.gradus.train.TrainerBuilder

/**
 * A training loop over batches of inputs and targets.
 *
 * ```
 * val history = trainer(model, CrossEntropyLoss(), adam(model.parameters())) {
 *     metric("accuracy") { Accuracy() }
 *     validation(validationLoader)
 *     checkpoints(Checkpoints.everyEpochs(Path.of("run.safetensors"), 1))
 *     callback(Progress.auto())
 * }.fit(loader, 10)
 * ```
 */
public fun trainer(
    model: Layer,
    loss: Loss,
    optimizer: Optimizer<*>,
    build: TrainerBuilder<List<Tensor>>.() -> Unit = {},
): Trainer<List<Tensor>> = Trainer.of(model, loss, optimizer).apply(build).build()

/** A training loop over batches of anything. */
public fun <B : Any> trainer(
    model: Module,
    objective: Objective<B>,
    optimizer: Optimizer<*>,
    build: TrainerBuilder<B>.() -> Unit = {},
): Trainer<B> = Trainer.of(model, objective, optimizer).apply(build).build()
