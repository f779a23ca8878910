package io.gradus;

/**
 * Distinct elements.
 *
 * @param values the elements or slices
 * @param inverse for each original element its place in {@code values}
 * @param counts how often each occurs
 */
public record UniqueResult(Tensor values, Tensor inverse, Tensor counts) {}
