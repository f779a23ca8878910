package io.gradus;

/**
 * A measure of spread together with the mean it was taken around.
 *
 * @param spread the variance or the standard deviation
 * @param mean the mean
 */
public record SpreadMean(Tensor spread, Tensor mean) {}
