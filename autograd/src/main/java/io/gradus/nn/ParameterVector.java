package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;

/** Parameters as one vector, for methods that see a model as a point in space. */
public final class ParameterVector {
  private ParameterVector() {}

  /**
   * All elements one after another, [total]; carries gradient.
   *
   * @throws InvalidArgumentException without parameters
   */
  public static Tensor parametersToVector(List<? extends Tensor> parameters) {
    if (parameters.isEmpty()) {
      throw new InvalidArgumentException(
          "[parametersToVector] expected a non-empty list of parameters");
    }
    return Tensor.cat(parameters.stream().map(p -> p.reshape(-1)).toList(), 0);
  }

  /**
   * Writes the elements of a vector into parameters, the reverse of {@link #parametersToVector};
   * outside of autograd.
   *
   * @param vector [total], as many elements as all parameters have; not changed, nor shared
   * @throws ShapeException if it has another shape; then nothing is written
   */
  public static void vectorToParameters(Tensor vector, List<? extends Tensor> parameters) {
    long total = parameters.stream().mapToLong(Tensor::numel).sum();
    if (vector.dim() != 1 || vector.numel() != total) {
      throw new ShapeException(
          "[vectorToParameters] expected a vector of %d elements, as the parameters have, but got shape %s"
              .formatted(total, vector.shape()));
    }
    try (GradMode.Scope _ = GradMode.noGrad()) {
      long at = 0;
      for (Tensor p : parameters) {
        p.copy_(vector.narrow(0, at, p.numel()).view(p.shape().toArray()));
        at += p.numel();
      }
    }
  }
}
