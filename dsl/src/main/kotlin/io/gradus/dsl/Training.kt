package io.gradus.dsl

import io.gradus.Tensor
import io.gradus.optim.Adam
import io.gradus.optim.AdamOptions
import io.gradus.optim.AdamW
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
