package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** {@link Kernel.Reduce}. */
final class ReferenceReduce {
  private ReferenceReduce() {}

  static void run(Kernel.Reduce k) {
    Shape shape = shape(k);
    ComputeType type = k.prologue().outputs().get(0).type();
    Evaluator e = new Evaluator(k.prologue(), k.in(), shape, k.params(), 0);
    int groups = (int) k.out().layout().numel();
    Fold[] folds = new Fold[groups];
    for (int i = 0; i < groups; i++) {
      folds[i] = new Fold(k.op(), type);
    }
    for (long i = 0; i < shape.numel(); i++) {
      e.at(i);
      folds[group(shape, k.axes(), i)].add(e.output(0));
    }
    ComputeType result = resultType(k.op(), type);
    for (int i = 0; i < groups; i++) {
      DType to = k.out().dtype();
      ReferenceStorage.set(k.out(), i, EncodedScalars.cast(to, result, folds[i].result()));
    }
  }

  static ComputeType resultType(ReduceOp op, ComputeType type) {
    return switch (op) {
      case SUM, PROD, MIN, MAX -> type;
      case ARGMIN, ARGMAX -> ComputeType.I64;
      case ANY, ALL -> ComputeType.I32;
    };
  }

  private static Shape shape(Kernel.Reduce k) {
    return k.in()[0].layout().shape();
  }

  /** The row-major position among the results of an element's group. */
  static int group(Shape shape, boolean[] axes, long linear) {
    Layout dense = Layout.of(shape.keeping(axes));
    long at = 0;
    long rest = linear;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      long c = rest % shape.size(d);
      rest /= shape.size(d);
      at += axes[d] ? 0 : c * dense.stride(d);
    }
    return (int) at;
  }
}
