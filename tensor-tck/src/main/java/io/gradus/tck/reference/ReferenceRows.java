package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@link Kernel.Rows}. */
final class ReferenceRows {
  private ReferenceRows() {}

  static void run(Kernel.Rows k) {
    Shape shape = k.in()[0].layout().shape();
    int stages = k.reductions().size();
    int groups = (int) shape.keeping(k.axes()).numel();
    List<List<Long>> rows = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      rows.add(new ArrayList<>());
    }
    for (long i = 0; i < shape.numel(); i++) {
      rows.get(ReferenceReduce.group(shape, k.axes(), i)).add(i);
    }
    Evaluator e = new Evaluator(k.program(), k.in(), shape, k.params(), stages);
    List<long[]> results = new ArrayList<>();
    for (Operand out : k.out()) {
      results.add(new long[(int) out.layout().numel()]);
    }
    for (int g = 0; g < groups; g++) {
      row(k, e, rows.get(g), g, results);
    }
    for (int j = 0; j < results.size(); j++) {
      for (int i = 0; i < results.get(j).length; i++) {
        ReferenceStorage.set(k.out()[j], i, results.get(j)[i]);
      }
    }
  }

  private static void row(
      Kernel.Rows k, Evaluator e, List<Long> row, int group, List<long[]> results) {
    int stages = k.reductions().size();
    for (int s = 0; s < stages; s++) {
      ComputeType type = k.program().outputs().get(s).type();
      Fold fold = new Fold(k.reductions().get(s), type);
      for (long i : row) {
        e.at(i);
        fold.add(e.output(s));
      }
      e.reduced[s] = fold.result();
    }
    for (long i : row) {
      e.at(i);
      for (int j = 0; j < results.size(); j++) {
        boolean whole = results.get(j).length == k.in()[0].layout().numel();
        results.get(j)[whole ? (int) i : group] = e.output(stages + j);
      }
    }
  }
}
