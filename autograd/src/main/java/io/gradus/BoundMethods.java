package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.op.Bounds;
import io.gradus.op.Rounding;
import io.gradus.tensor.dtype.Scalar;
import org.jspecify.annotations.Nullable;

/** Clamping, rounding and choosing between values, element by element. */
public sealed interface BoundMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** The larger one; NaN if either is NaN. */
  default Tensor maximum(Tensor other) {
    return Executor.map(Bounds.MAXIMUM, self(), other);
  }

  /** The smaller one; NaN if either is NaN. */
  default Tensor minimum(Tensor other) {
    return Executor.map(Bounds.MINIMUM, self(), other);
  }

  /** The larger one; the other one if one is NaN. */
  default Tensor fmax(Tensor other) {
    return Executor.map(Bounds.FMAX, self(), other);
  }

  /** The smaller one; the other one if one is NaN. */
  default Tensor fmin(Tensor other) {
    return Executor.map(Bounds.FMIN, self(), other);
  }

  /** Not below {@code min}; NaN stays. */
  default Tensor clampMin(Number min) {
    return Executor.map(Bounds.CLAMP_MIN, new Tensor[] {self()}, Scalar.of(min));
  }

  /** Not below {@code other}; NaN if either is NaN. */
  default Tensor clampMin(Tensor other) {
    return Executor.map(Bounds.CLAMP_MIN_TENSOR, self(), other);
  }

  /** Not above {@code max}; NaN stays. */
  default Tensor clampMax(Number max) {
    return Executor.map(Bounds.CLAMP_MAX, new Tensor[] {self()}, Scalar.of(max));
  }

  /** Not above {@code other}; NaN if either is NaN. */
  default Tensor clampMax(Tensor other) {
    return Executor.map(Bounds.CLAMP_MAX_TENSOR, self(), other);
  }

  /**
   * Between {@code min} and {@code max}, {@code max} where they cross; null for no bound.
   *
   * @throws io.gradus.tensor.error.InvalidArgumentException if both are null
   */
  default Tensor clamp(@Nullable Number min, @Nullable Number max) {
    if (min == null || max == null) {
      return min != null ? clampMin(min) : clampMax(Operands.bound(max));
    }
    return Executor.map(Bounds.CLAMP, new Tensor[] {self()}, Scalar.of(min), Scalar.of(max));
  }

  /** As {@link #clamp(Number, Number)} with a bound for each element. */
  default Tensor clamp(@Nullable Tensor min, @Nullable Tensor max) {
    if (min == null || max == null) {
      return min != null ? clampMin(min) : clampMax(Operands.bound(max));
    }
    return Executor.map(Bounds.CLAMP_TENSOR, new Tensor[] {self(), min, max});
  }

  /** Another name of {@link #clamp(Number, Number)}. */
  default Tensor clip(@Nullable Number min, @Nullable Number max) {
    return clamp(min, max);
  }

  /** 0 for NaN and the largest finite numbers of the dtype for infinities. */
  default Tensor nanToNum() {
    return nanToNum(0, null, null);
  }

  /** Numbers in the place of NaN, inf and -inf; null for the largest finite ones. */
  default Tensor nanToNum(double nan, @Nullable Double posinf, @Nullable Double neginf) {
    double most = Bounds.largest(self().dtype());
    return Executor.map(
        Bounds.NAN_TO_NUM,
        new Tensor[] {self()},
        Scalar.of(nan),
        Scalar.of(posinf == null ? most : posinf),
        Scalar.of(neginf == null ? -most : neginf));
  }

  /** This where the condition (bool) holds, else {@code other}; they broadcast. */
  default Tensor where(Tensor condition, Tensor other) {
    return Executor.map(Bounds.WHERE, new Tensor[] {self(), other, condition});
  }

  /** This where the condition (bool) holds, else a number. */
  default Tensor where(Tensor condition, Number other) {
    return Executor.map(Bounds.WHERE_ELSE, new Tensor[] {self(), condition}, Scalar.of(other));
  }

  /**
   * This with a number wherever the mask (bool) holds; they broadcast.
   *
   * @throws io.gradus.tensor.error.InvalidArgumentException if the number is out of the range of
   *     the dtype
   */
  default Tensor maskedFill(Tensor mask, Number value) {
    return Executor.map(Bounds.MASKED_FILL, new Tensor[] {self(), mask}, Scalar.of(value));
  }

  /** As {@link #maskedFill(Tensor, Number)} with a 0-dim tensor, which takes a gradient. */
  default Tensor maskedFill(Tensor mask, Tensor value) {
    Operands.checkFill("masked_fill", value);
    return Executor.map(
        Bounds.MASKED_FILL_TENSOR, new Tensor[] {self(), value.to(self().dtype()), mask});
  }

  /** This with every element replaced by a number. */
  default Tensor fill(Number value) {
    return self().clone().fill_(value);
  }

  /** Whether the sign bit is set, as in -0. */
  default Tensor signbit() {
    return Executor.map(Rounding.SIGNBIT, self());
  }

  /** Down to whole numbers. */
  default Tensor floor() {
    return Executor.map(Rounding.FLOOR, self());
  }

  /** Up to whole numbers. */
  default Tensor ceil() {
    return Executor.map(Rounding.CEIL, self());
  }

  /** To the nearest whole numbers, ties to even. */
  default Tensor round() {
    return Executor.map(Rounding.ROUND, self());
  }

  /** Toward zero to whole numbers. */
  default Tensor trunc() {
    return Executor.map(Rounding.TRUNC, self());
  }

  /** What {@link #trunc} takes away. */
  default Tensor frac() {
    return Executor.map(Rounding.FRAC, self());
  }

  /** Another name of {@link #trunc}. */
  default Tensor fix() {
    return trunc();
  }

  /** To so many decimals after the point, before it if negative; ties to even. */
  default Tensor round(int decimals) {
    if (decimals == 0) {
      return round();
    }
    return Executor.map(
        decimals > 0 ? Rounding.ROUND_FRACTION : Rounding.ROUND_MULTIPLE,
        new Tensor[] {self()},
        Scalar.of(Math.pow(10, Math.abs(decimals))));
  }
}
