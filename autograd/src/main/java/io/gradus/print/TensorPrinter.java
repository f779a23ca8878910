package io.gradus.print;

import io.gradus.Tensor;
import java.util.Arrays;

/** Writes tensors. */
public final class TensorPrinter {
  private TensorPrinter() {}

  /** The text of a tensor. */
  public static String print(Tensor t) {
    return "tensor(" + Arrays.toString(t.doubleArray()) + ", shape=" + t.shape() + ")";
  }
}
