package io.gradus;

import io.gradus.exec.InPlace;
import io.gradus.op.Bounds;
import io.gradus.op.Rounding;
import io.gradus.tensor.dtype.Scalar;
import org.jspecify.annotations.Nullable;

/** Clamping and filling that overwrite this tensor. */
public sealed interface InPlaceBoundMethods permits Tensor {
  /** This tensor. */
  Tensor self();

  /** {@link Tensor#clampMin(Number)} in place. */
  default Tensor clampMin_(Number other) {
    return InPlace.map(Bounds.CLAMP_MIN, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#clampMin(Tensor)} in place. */
  default Tensor clampMin_(Tensor other) {
    return InPlace.map(Bounds.CLAMP_MIN_TENSOR, new Tensor[] {self(), other});
  }

  /** {@link Tensor#clampMax(Number)} in place. */
  default Tensor clampMax_(Number other) {
    return InPlace.map(Bounds.CLAMP_MAX, new Tensor[] {self()}, Scalar.of(other));
  }

  /** {@link Tensor#clampMax(Tensor)} in place. */
  default Tensor clampMax_(Tensor other) {
    return InPlace.map(Bounds.CLAMP_MAX_TENSOR, new Tensor[] {self(), other});
  }

  /** {@link Tensor#clamp(Number, Number)} in place. */
  default Tensor clamp_(@Nullable Number min, @Nullable Number max) {
    if (min == null || max == null) {
      return min != null ? clampMin_(min) : clampMax_(Operands.bound(max));
    }
    return InPlace.map(Bounds.CLAMP, new Tensor[] {self()}, Scalar.of(min), Scalar.of(max));
  }

  /** {@link Tensor#clamp(Tensor, Tensor)} in place. */
  default Tensor clamp_(@Nullable Tensor min, @Nullable Tensor max) {
    if (min == null || max == null) {
      return min != null ? clampMin_(min) : clampMax_(Operands.bound(max));
    }
    return InPlace.map(Bounds.CLAMP_TENSOR, new Tensor[] {self(), min, max});
  }

  /** {@link Tensor#nanToNum(double, Double, Double)} in place. */
  default Tensor nanToNum_(double nan, @Nullable Double posinf, @Nullable Double neginf) {
    double most = Bounds.largest(self().dtype());
    return InPlace.map(
        Bounds.NAN_TO_NUM,
        new Tensor[] {self()},
        Scalar.of(nan),
        Scalar.of(posinf == null ? most : posinf),
        Scalar.of(neginf == null ? -most : neginf));
  }

  /** {@link Tensor#maskedFill(Tensor, Number)} in place. */
  default Tensor maskedFill_(Tensor mask, Number value) {
    return InPlace.map(Bounds.MASKED_FILL, new Tensor[] {self(), mask}, Scalar.of(value));
  }

  /** {@link Tensor#maskedFill(Tensor, Tensor)} in place. */
  default Tensor maskedFill_(Tensor mask, Tensor value) {
    Operands.checkFill("masked_fill_", value);
    return InPlace.map(
        Bounds.MASKED_FILL_TENSOR, new Tensor[] {self(), value.to(self().dtype()), mask});
  }

  /** {@link Tensor#round(int)} in place. */
  default Tensor round_(int decimals) {
    if (decimals == 0) {
      return self().round_();
    }
    return InPlace.map(
        decimals > 0 ? Rounding.ROUND_FRACTION : Rounding.ROUND_MULTIPLE,
        new Tensor[] {self()},
        Scalar.of(Math.pow(10, Math.abs(decimals))));
  }
}
