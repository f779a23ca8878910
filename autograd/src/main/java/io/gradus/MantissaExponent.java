package io.gradus;

/**
 * Numbers in binary: {@code mantissa * 2^exponent}, see {@link Tensor#frexp}.
 *
 * @param mantissa at least 0.5 and below 1 in magnitude
 * @param exponent {@code i32}
 */
public record MantissaExponent(Tensor mantissa, Tensor exponent) {}
