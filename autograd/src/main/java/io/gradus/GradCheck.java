package io.gradus;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Compares gradients with central differences, as {@code torch.autograd.gradcheck} does.
 *
 * <p>Inputs are {@code f64} leaves; those that require grad are checked. They are perturbed in
 * their own memory, so that their layout takes part in the check, and restored. A derivative {@code
 * a} agrees with its numeric estimate {@code n} if {@code |a - n| <= atol + rtol |n|}.
 *
 * <pre>{@code
 * GradCheck.gradcheck(in -> List.of(in.get(0).mul(in.get(1)).tanh()), x, y);
 * }</pre>
 */
public final class GradCheck {
  /** A function of several tensors to be checked. */
  @FunctionalInterface
  public interface Checked extends Function<List<Tensor>, List<Tensor>> {}

  /**
   * How closely to look; the defaults are PyTorch's.
   *
   * @param eps the distance to go in each direction
   * @param atol absolute tolerance
   * @param rtol tolerance relative to the numeric derivative
   */
  public record Tolerance(double eps, double atol, double rtol) {
    /** {@code eps = 1e-6, atol = 1e-5, rtol = 1e-3}. */
    public static final Tolerance DEFAULT = new Tolerance(1e-6, 1e-5, 1e-3);
  }

  private GradCheck() {}

  /** {@link #gradcheck(Checked, List, Tolerance)} with the usual tolerance. */
  public static boolean gradcheck(Checked function, Tensor... inputs) {
    return gradcheck(function, List.of(inputs), Tolerance.DEFAULT);
  }

  /** {@link #gradcheck(Checked, List, Tolerance)} for a function of one tensor. */
  public static boolean gradcheck(UnaryOperator<Tensor> function, Tensor input) {
    return gradcheck(in -> List.of(function.apply(in.get(0))), List.of(input), Tolerance.DEFAULT);
  }

  /**
   * Checks first derivatives.
   *
   * @param function gives the same outputs whenever it is called with the same values
   * @return true
   * @throws AutogradException naming the first derivative that disagrees
   * @throws InvalidArgumentException if an input to be checked is not an {@code f64} leaf
   */
  public static boolean gradcheck(Checked function, List<Tensor> inputs, Tolerance tolerance) {
    checkInputs(inputs);
    List<Tensor> outputs = function.apply(inputs);
    for (int o = 0; o < outputs.size(); o++) {
      if (outputs.get(o).dtype().isFloating()) {
        checkOutput(function, inputs, outputs.get(o), o, tolerance);
      }
    }
    checkZero(inputs, function.apply(inputs));
    return true;
  }

  /** {@link #gradgradcheck(Checked, List, Tolerance)} with the usual tolerance. */
  public static boolean gradgradcheck(Checked function, Tensor... inputs) {
    return gradgradcheck(function, List.of(inputs), Tolerance.DEFAULT);
  }

  /** {@link #gradgradcheck(Checked, List, Tolerance)} for a function of one tensor. */
  public static boolean gradgradcheck(UnaryOperator<Tensor> function, Tensor input) {
    return gradgradcheck(
        in -> List.of(function.apply(in.get(0))), List.of(input), Tolerance.DEFAULT);
  }

  /**
   * Checks second derivatives: {@link #gradcheck} of the gradient, as a function of the inputs and
   * of the gradients of the outputs.
   *
   * @return true
   * @throws AutogradException naming the first derivative that disagrees
   */
  public static boolean gradgradcheck(Checked function, List<Tensor> inputs, Tolerance tolerance) {
    checkInputs(inputs);
    int n = inputs.size();
    List<Tensor> all = new ArrayList<>(inputs);
    for (Tensor output : differentiable(function.apply(inputs))) {
      all.add(Perturbation.arbitrary(output.shape(), output.device(), all.size()).requiresGrad_());
    }
    if (all.size() == n) {
      return true;
    }
    Checked gradient =
        in -> {
          List<Tensor> outputs = differentiable(function.apply(in.subList(0, n)));
          GradOptions options =
              GradOptions.DEFAULT
                  .gradOutputs(in.subList(n, in.size()))
                  .createGraph(true)
                  .allowUnused(true);
          List<Tensor> result = new ArrayList<>();
          for (Tensor g : Autograd.grad(outputs, checked(in.subList(0, n)), options)) {
            if (g != null && g.requiresGrad()) {
              result.add(g);
            }
          }
          return result;
        };
    return gradcheck(gradient, all, tolerance);
  }

  private static void checkOutput(
      Checked function, List<Tensor> inputs, Tensor output, int o, Tolerance tolerance) {
    List<Tensor> checked = checked(inputs);
    double[][][] numeric = new double[checked.size()][][];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = Perturbation.jacobian(function, inputs, checked.get(i), o, tolerance.eps());
    }
    for (int j = 0; j < output.numel(); j++) {
      double[] direction = new double[(int) output.numel()];
      direction[j] = 1;
      double[][] analytic = pull(output, Perturbation.shaped(direction, output), checked);
      for (int i = 0; i < numeric.length; i++) {
        for (int k = 0; k < analytic[i].length; k++) {
          double n = numeric[i][k][j];
          double a = analytic[i][k];
          // Written so that NaN disagrees with everything.
          if (!(Math.abs(a - n) <= tolerance.atol() + tolerance.rtol() * Math.abs(n)) && a != n) {
            throw mismatch(output, o, j, checked.get(i), inputs, k, n, a);
          }
        }
      }
    }
  }

  /** The gradients of the checked inputs for one gradient of an output, as plain numbers. */
  private static double[][] pull(Tensor output, Tensor gradient, List<Tensor> checked) {
    double[][] rows = new double[checked.size()][];
    List<@Nullable Tensor> found =
        output.requiresGrad()
            ? Autograd.grad(
                List.of(output),
                checked,
                GradOptions.DEFAULT
                    .gradOutputs(List.of(gradient))
                    .retainGraph(true)
                    .allowUnused(true))
            : Arrays.asList(new Tensor[checked.size()]);
    for (int i = 0; i < rows.length; i++) {
      Tensor input = checked.get(i);
      Tensor g = found.get(i);
      if (g != null && (!g.shape().equals(input.shape()) || g.dtype() != input.dtype())) {
        throw new AutogradException(
            "[gradcheck] the gradient of an input %s %s is %s %s"
                .formatted(input.dtype(), input.shape(), g.dtype(), g.shape()));
      }
      rows[i] = g == null ? new double[(int) input.numel()] : g.doubleArray();
    }
    return rows;
  }

  private static AutogradException mismatch(
      Tensor output,
      int o,
      int j,
      Tensor input,
      List<Tensor> inputs,
      int k,
      double numeric,
      double analytic) {
    return new AutogradException(
        "[gradcheck] Jacobian mismatch for output %d with respect to input %d: d output%s / d input%s is numerically %s, analytically %s (difference %s); output %s of shape %s, input of shape %s."
            .formatted(
                o,
                inputs.indexOf(input),
                Perturbation.position(j, output.shape()),
                Perturbation.position(k, input.shape()),
                numeric,
                analytic,
                Math.abs(numeric - analytic),
                output.gradFn() == null ? "without history" : output.gradFn(),
                output.shape(),
                input.shape()));
  }

  /** Gradients are linear: nothing comes of nothing. */
  private static void checkZero(List<Tensor> inputs, List<Tensor> outputs) {
    for (Tensor output : differentiable(outputs)) {
      double[] nothing = new double[(int) output.numel()];
      for (double[] row : pull(output, Perturbation.shaped(nothing, output), checked(inputs))) {
        for (double v : row) {
          if (v != 0) {
            throw new AutogradException(
                "[gradcheck] backward not multiplied by grad_output: a gradient of zeros gave "
                    + Arrays.toString(row)
                    + " through "
                    + output.gradFn());
          }
        }
      }
    }
  }

  private static void checkInputs(List<Tensor> inputs) {
    List<Tensor> checked = checked(inputs);
    if (checked.isEmpty()) {
      throw new InvalidArgumentException(
          "[gradcheck] expects at least one input tensor to require gradient, but none of them"
              + " have requiresGrad().");
    }
    for (Tensor t : checked) {
      if (t.dtype() != DType.F64 || !t.isLeaf()) {
        throw new InvalidArgumentException(
            "[gradcheck] inputs that require grad must be f64 leaves: %s %s%s; use to(f64).detach()"
                    .formatted(t.dtype(), t.shape(), t.isLeaf() ? "" : " computed by " + t.gradFn())
                + ".requiresGrad_()");
      }
      Perturbation.checkMemory(t);
    }
  }

  private static List<Tensor> checked(List<Tensor> inputs) {
    return inputs.stream().filter(Tensor::requiresGrad).toList();
  }

  private static List<Tensor> differentiable(List<Tensor> outputs) {
    return outputs.stream().filter(Tensor::requiresGrad).toList();
  }
}
