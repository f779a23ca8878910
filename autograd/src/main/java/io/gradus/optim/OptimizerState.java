package io.gradus.optim;

import java.util.List;

/**
 * A snapshot of an optimizer.
 *
 * @param options of each group
 * @param states of each parameter, group after group
 */
public record OptimizerState<O>(List<O> options, List<ParameterState> states) {}
