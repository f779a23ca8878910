package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.optim.Adagrad
import io.gradus.optim.Adam
import io.gradus.optim.AdamOptions
import io.gradus.optim.AdamW
import io.gradus.optim.NAdam
import io.gradus.optim.RMSprop
import io.gradus.optim.SGD

/** Stochastic gradient descent; see [SGD]. */
public fun sgd(
    parameters: List<Tensor>,
    lr: Double,
    momentum: Double = 0.0,
    dampening: Double = 0.0,
    weightDecay: Double = 0.0,
    nesterov: Boolean = false,
): SGD = SGD(parameters, SGD.Options(lr, momentum, dampening, weightDecay, nesterov, false))

/** Adam; see [Adam]. */
public fun adam(
    parameters: List<Tensor>,
    lr: Double = 1e-3,
    betas: Pair<Double, Double> = 0.9 to 0.999,
    eps: Double = 1e-8,
    weightDecay: Double = 0.0,
    amsgrad: Boolean = false,
): Adam = Adam(
    parameters,
    AdamOptions(lr, betas.first, betas.second, eps, weightDecay, amsgrad, false),
)

/** Adam with decoupled weight decay; see [AdamW]. */
public fun adamW(
    parameters: List<Tensor>,
    lr: Double = 1e-3,
    betas: Pair<Double, Double> = 0.9 to 0.999,
    eps: Double = 1e-8,
    weightDecay: Double = 1e-2,
    amsgrad: Boolean = false,
): AdamW = AdamW(
    parameters,
    AdamOptions(lr, betas.first, betas.second, eps, weightDecay, amsgrad, false),
)

/** The gradient divided by the root of its running mean square; see [RMSprop]. */
public fun rmsprop(
    parameters: List<Tensor>,
    lr: Double = 1e-2,
    alpha: Double = 0.99,
    eps: Double = 1e-8,
    weightDecay: Double = 0.0,
    momentum: Double = 0.0,
    centered: Boolean = false,
): RMSprop = RMSprop(parameters, RMSprop.Options(lr, alpha, eps, weightDecay, momentum, centered, false))

/** The gradient divided by the root of the sum of its squares so far; see [Adagrad]. */
public fun adagrad(
    parameters: List<Tensor>,
    lr: Double = 1e-2,
    lrDecay: Double = 0.0,
    weightDecay: Double = 0.0,
    initialAccumulatorValue: Double = 0.0,
    eps: Double = 1e-10,
): Adagrad = Adagrad(parameters, Adagrad.Options(lr, lrDecay, weightDecay, initialAccumulatorValue, eps, false))

/** Adam with Nesterov's momentum; see [NAdam]. */
public fun nadam(
    parameters: List<Tensor>,
    lr: Double = 2e-3,
    betas: Pair<Double, Double> = 0.9 to 0.999,
    eps: Double = 1e-8,
    weightDecay: Double = 0.0,
    momentumDecay: Double = 4e-3,
    decoupledWeightDecay: Boolean = false,
): NAdam = NAdam(
    parameters,
    NAdam.Options(lr, betas.first, betas.second, eps, weightDecay, momentumDecay, decoupledWeightDecay, false),
)
