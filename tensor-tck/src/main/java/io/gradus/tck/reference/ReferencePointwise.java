package io.gradus.tck.reference;

import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Shape;

/** {@link Kernel.Elementwise}. */
final class ReferencePointwise {
  private ReferencePointwise() {}

  static void run(Kernel.Elementwise k) {
    Shape shape = k.out()[0].layout().shape();
    Evaluator e = new Evaluator(k.program(), k.in(), shape, k.params(), 0);
    int outs = k.out().length;
    long n = shape.numel();
    long[][] results = new long[outs][(int) n];
    for (int i = 0; i < n; i++) {
      e.at(i);
      for (int j = 0; j < outs; j++) {
        results[j][i] = e.output(j);
      }
    }
    for (int j = 0; j < outs; j++) {
      for (int i = 0; i < n; i++) {
        ReferenceStorage.set(k.out()[j], i, results[j][i]);
      }
    }
  }
}
