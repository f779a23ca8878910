package io.gradus;

/**
 * Numbers taken apart: {@code mantissa * 2^exponent}.
 *
 * @param mantissa 0, or between 0.5 and 1 but for the sign
 * @param exponent whole numbers, i32
 */
public record MantissaExponent(Tensor mantissa, Tensor exponent) {}
