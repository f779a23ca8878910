package io.gradus.benchmarks.nd4j;

import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Operands of ND4J, and what to do with results. */
final class Arrays {
  private Arrays() {}

  static INDArray normal(long seed, long... shape) {
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    return Nd4j.create(Inputs.normal((int) n, seed), shape, DataType.FLOAT);
  }

  /** A row whose result is given back at once: native work is never optimised away. */
  static Work freed(Supplier<INDArray> operation) {
    return () -> {
      INDArray r = operation.get();
      free(r);
      return r;
    };
  }

  static void free(INDArray... arrays) {
    for (INDArray a : arrays) {
      if (a.closeable()) {
        a.close();
      }
    }
  }
}
