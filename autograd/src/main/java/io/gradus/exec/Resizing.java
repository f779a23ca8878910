package io.gradus.exec;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;

/** Another shape for the same tensor, whatever its number of elements. */
public final class Resizing {
  private Resizing() {}

  /** See {@link Tensor#resize_}. */
  public static Tensor resize(Tensor t, long[] sizes) {
    if (t.requiresGrad()) {
      throw new AutogradException(
          "[resize_] cannot resize variables that require grad: shape %s; make a new tensor."
              .formatted(t.shape()));
    }
    if (Arrays.stream(sizes).anyMatch(n -> n < 0)) {
      throw new InvalidArgumentException(
          "[resize_] requested resize to %s: sizes must not be negative"
              .formatted(Arrays.toString(sizes)));
    }
    Shape shape = Shape.of(sizes);
    if (shape.equals(t.shape())) {
      return t;
    }
    Operand old = Internals.operand(t);
    long offset = old.layout().offset();
    Layout next = Layout.of(shape, Layout.rowMajor(shape), offset);
    if (shape.numel() == 0 || offset + shape.numel() <= old.storage().size()) {
      Internals.setOperand(t, old.with(next));
    } else {
      Operand grown = Allocation.of(t.device(), t.dtype(), Shape.of(offset + shape.numel()));
      Layout all = Layout.of(Shape.of(old.storage().size()));
      if (all.numel() > 0) {
        t.device()
            .run(Primitives.cast(t.dtype().compute(), t.dtype()), old.with(all), grown.with(all));
      }
      Internals.setOperand(t, grown.with(next));
    }
    Internals.setView(t, null);
    return t;
  }
}
