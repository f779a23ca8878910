package io.gradus.classpath;

import io.gradus.Tensor;
import io.gradus.tensor.error.TensorException;

/** Makes a tensor, and says what served it, or why nothing did. */
final class FirstTensor {
  private FirstTensor() {}

  public static void main(String[] args) {
    try {
      Tensor t = Tensor.ones(2, 2);
      System.out.println(t.add(1).sum().item() + " on " + t.device().description());
    } catch (TensorException e) {
      System.out.println(e.getMessage());
    }
  }
}
