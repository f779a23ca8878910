package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import java.util.function.Supplier;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/** Operands of libtorch, and what to do with results. */
final class Tensors {
  private static final BoolOptional KEEP_GRAPH = new BoolOptional();
  private static final TensorArrayRefOptional ALL_INPUTS = new TensorArrayRefOptional();

  private Tensors() {}

  static Tensor normal(long seed, long... shape) {
    return Tensor.create(Inputs.normal((int) elements(shape), seed), shape);
  }

  static Tensor leaf(Tensor x) {
    x.set_requires_grad(true);
    return x;
  }

  /** A row whose result is given back at once: native work is never optimised away. */
  static Work freed(Supplier<Tensor> operation) {
    return () -> {
      operation.get().close();
      return null;
    };
  }

  static void backward(Tensor y, Tensor gradient) {
    y.backward(gradient, KEEP_GRAPH, false, ALL_INPUTS);
  }

  static void dropGradient(Tensor leaf) {
    try (Tensor gradient = leaf.mutable_grad()) {
      gradient.reset();
    }
  }

  private static long elements(long[] shape) {
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    return n;
  }
}
