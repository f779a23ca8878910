package io.gradus.tck.reference;

import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** {@link Kernel.Gather} and {@link Kernel.Scatter}. */
final class ReferenceIndex {
  private ReferenceIndex() {}

  static void gather(Kernel.Gather k) {
    check(k.index(), k.axis(), k.in().layout());
    long n = k.index().layout().numel();
    for (long i = 0; i < n; i++) {
      ReferenceStorage.set(
          k.out(), i, ReferenceStorage.get(k.in(), other(k.index(), k.axis(), k.in(), i)));
    }
  }

  static void scatter(Kernel.Scatter k) {
    check(k.index(), k.axis(), k.out().layout());
    long n = k.index().layout().numel();
    for (long i = 0; i < n; i++) {
      long at = other(k.index(), k.axis(), k.out(), i);
      long value = ReferenceStorage.get(k.source(), i);
      if (k.mode() != ScatterMode.SET) {
        long old = ReferenceStorage.get(k.out(), at);
        value = EncodedScalars.apply(op(k.mode()), k.out().dtype().compute(), old, value, 0);
      }
      ReferenceStorage.set(k.out(), at, value);
    }
  }

  private static ScalarOp op(ScatterMode mode) {
    return switch (mode) {
      case ADD -> ScalarOp.ADD;
      case MUL -> ScalarOp.MUL;
      case MIN -> ScalarOp.MIN;
      case MAX -> ScalarOp.MAX;
      case SET -> throw new IllegalArgumentException("nothing to combine");
    };
  }

  private static void check(Operand index, int axis, Layout target) {
    long size = target.rank() == 0 ? 1 : target.size(axis);
    for (long i = 0; i < index.layout().numel(); i++) {
      long at = ReferenceStorage.get(index, i);
      if (at < 0 || at >= size) {
        throw new TensorIndexException(
            "index %d is out of bounds for dimension %d with size %d".formatted(at, axis, size));
      }
    }
  }

  /** The row-major position in {@code target} that index element {@code i} means. */
  private static long other(Operand index, int axis, Operand target, long i) {
    Shape shape = index.layout().shape();
    Layout dense = Layout.of(target.layout().shape());
    long rest = i;
    long at = 0;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      long c = rest % shape.size(d);
      rest /= shape.size(d);
      at += (d == axis ? ReferenceStorage.get(index, i) : c) * dense.stride(d);
    }
    return at;
  }
}
