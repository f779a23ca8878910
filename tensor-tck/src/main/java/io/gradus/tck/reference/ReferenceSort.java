package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Arrays;
import java.util.Comparator;

/** {@link Kernel.Sort}. */
final class ReferenceSort {
  private ReferenceSort() {}

  static void run(Kernel.Sort k) {
    Shape shape = k.in().layout().shape();
    Operand shown = k.values() != null ? k.values() : k.indices();
    if (shown == null || shown.layout().numel() == 0) {
      return;
    }
    int rank = shape.rank();
    int length = rank == 0 ? 1 : (int) shape.size(k.axis());
    Shape to = shown.layout().shape();
    int kept = rank == 0 ? 1 : (int) to.size(k.axis());
    Layout from = Layout.of(shape);
    Layout dense = Layout.of(to);
    long lines = to.numel() / kept;
    for (long line = 0; line < lines; line++) {
      long rest = line;
      long a = 0;
      long b = 0;
      for (int d = rank - 1; d >= 0; d--) {
        if (d != k.axis()) {
          long c = rest % shape.size(d);
          rest /= shape.size(d);
          a += c * from.stride(d);
          b += c * dense.stride(d);
        }
      }
      long stepIn = rank == 0 ? 0 : from.stride(k.axis());
      long stepOut = rank == 0 ? 0 : dense.stride(k.axis());
      line(k, a, stepIn, length, b, stepOut, kept);
    }
  }

  private static void line(
      Kernel.Sort k, long in, long stepIn, int length, long out, long stepOut, int kept) {
    ComputeType type = k.in().dtype().compute();
    Integer[] order = new Integer[length];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> ascending =
        (x, y) ->
            compare(
                type,
                ReferenceStorage.get(k.in(), in + x * stepIn),
                ReferenceStorage.get(k.in(), in + y * stepIn));
    Arrays.sort(order, k.descending() ? (x, y) -> ascending.compare(y, x) : ascending);
    Operand values = k.values();
    Operand indices = k.indices();
    for (int i = 0; i < kept; i++) {
      if (values != null) {
        ReferenceStorage.set(
            values, out + i * stepOut, ReferenceStorage.get(k.in(), in + order[i] * stepIn));
      }
      if (indices != null) {
        ReferenceStorage.set(indices, out + i * stepOut, order[i]);
      }
    }
  }

  /** NaN above everything, -0 and +0 equal. */
  private static int compare(ComputeType type, long a, long b) {
    return switch (type) {
      case F32 -> compare(Float.intBitsToFloat((int) a), Float.intBitsToFloat((int) b));
      case F64 -> compare(Double.longBitsToDouble(a), Double.longBitsToDouble(b));
      case I32, I64 -> Long.compare(a, b);
    };
  }

  private static int compare(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
  }
}
