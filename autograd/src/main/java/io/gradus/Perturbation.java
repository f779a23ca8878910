package io.gradus;

import io.gradus.exec.Views;
import io.gradus.graph.GradMode;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Overlap;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.layout.ViewOp;
import java.util.Arrays;
import java.util.List;

/** Central differences by writing one element of a tensor at a time. */
final class Perturbation {
  private Perturbation() {}

  /**
   * The derivative of output {@code o} with respect to each element of an input.
   *
   * @return a row an element of {@code input}, a column an element of the output
   */
  static double[][] jacobian(
      GradCheck.Checked function, List<Tensor> inputs, Tensor input, int o, double eps) {
    double[] values = input.doubleArray();
    double[][] rows = new double[values.length][];
    Tensor memory = input.data();
    for (int k = 0; k < rows.length; k++) {
      Tensor element = element(memory, k);
      try {
        double[] above = at(function, inputs, o, element, values[k] + eps);
        double[] below = at(function, inputs, o, element, values[k] - eps);
        for (int j = 0; j < above.length; j++) {
          above[j] = (above[j] - below[j]) / (2 * eps);
        }
        rows[k] = above;
      } finally {
        set(element, values[k]);
      }
    }
    return rows;
  }

  private static double[] at(
      GradCheck.Checked function, List<Tensor> inputs, int o, Tensor element, double value) {
    set(element, value);
    return function.apply(inputs).get(o).doubleArray();
  }

  private static void set(Tensor element, double value) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      element.fill_(value);
    }
  }

  private static Tensor element(Tensor memory, int k) {
    long offset = memory.layout().at(k);
    return Views.view(memory, new ViewOp.AsStrided(Layout.of(Shape.SCALAR, new long[0], offset)));
  }

  /** Refuses memory in which one element stands for several. */
  static void checkMemory(Tensor t) {
    if (Overlap.isInternal(t.layout())) {
      throw new InvalidArgumentException(
          "[gradcheck] an input that has a dimension with stride 0 cannot be perturbed element by"
              + " element: %s; expand it inside the function".formatted(t.layout()));
    }
  }

  /** Row-major values in the shape, dtype and device of a tensor. */
  static Tensor shaped(double[] values, Tensor like) {
    return Tensor.tensor(values).to(like.dtype()).to(like.device()).view(like.shape().toArray());
  }

  /** Reproducible numbers of either sign, none near 0. */
  static Tensor arbitrary(Shape shape, Device device, int salt) {
    double[] values = new double[(int) shape.numel()];
    for (int i = 0; i < values.length; i++) {
      double x = Math.sin(1 + 12.9898 * i + 78.233 * salt) * 43758.5453;
      double fraction = x - Math.floor(x);
      values[i] = fraction < 0.5 ? -0.3 - fraction : fraction - 0.2;
    }
    return Tensor.tensor(values).to(device).view(shape.toArray()).detach();
  }

  /** The coordinates of a row-major position. */
  static String position(long linear, Shape shape) {
    long[] at = new long[shape.rank()];
    long rest = linear;
    for (int d = at.length - 1; d >= 0; d--) {
      at[d] = rest % shape.size(d);
      rest /= shape.size(d);
    }
    return Arrays.toString(at);
  }
}
