package io.gradus;

/**
 * Chosen elements and where they were.
 *
 * @param values the elements
 * @param indices their positions along the dimension, {@code i64}
 */
public record ValuesIndices(Tensor values, Tensor indices) {}
