package io.gradus.tck.reference;

import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** {@link Kernel.MaxPool}. */
final class ReferencePool {
  private ReferencePool() {}

  static void run(Kernel.MaxPool k) {
    Shape in = k.in().layout().shape();
    Shape out = k.values().layout().shape();
    int spatial = k.window().length;
    Layout inDense = Layout.of(in);
    Layout outDense = Layout.of(out);
    long taps = 1;
    long area = 1;
    for (int s = 0; s < spatial; s++) {
      taps *= k.window()[s];
      area *= in.size(2 + s);
    }
    for (long i = 0; i < out.numel(); i++) {
      long batch = i / outDense.stride(0) % out.size(0);
      long channel = i / outDense.stride(1) % out.size(1);
      long plane = batch * inDense.stride(0) + channel * inDense.stride(1);
      Fold fold = new Fold(ReduceOp.ARGMAX, k.in().dtype().compute());
      long[] places = new long[(int) taps];
      int inside = 0;
      int lastNaN = -1;
      for (long tap = 0; tap < taps; tap++) {
        long place = place(k, in, inDense, outDense, out, i, tap);
        if (place >= 0 && place < area) {
          long bits = ReferenceStorage.get(k.in(), plane + place);
          fold.add(bits);
          lastNaN = fold.isNaN(bits) ? inside : lastNaN;
          places[inside++] = place;
        }
      }
      long best = places[lastNaN >= 0 ? lastNaN : (int) fold.result()];
      ReferenceStorage.set(k.values(), i, ReferenceStorage.get(k.in(), plane + best));
      ReferenceStorage.set(k.indices(), i, best);
    }
  }

  /** The position of a tap among the spatial axes; -1 outside. */
  private static long place(
      Kernel.MaxPool k, Shape in, Layout inDense, Layout outDense, Shape out, long i, long tap) {
    long rest = tap;
    long place = 0;
    boolean inside = true;
    for (int s = k.window().length - 1; s >= 0; s--) {
      long u = rest % k.window()[s];
      rest /= k.window()[s];
      long y = i / outDense.stride(2 + s) % out.size(2 + s);
      long x = y * k.stride()[s] + u * k.dilation()[s] - k.padding()[s];
      inside &= x >= 0 && x < in.size(2 + s);
      place += x * inDense.stride(2 + s);
    }
    return inside ? place : -1;
  }
}
