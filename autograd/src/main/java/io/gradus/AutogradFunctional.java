package io.gradus;

import io.gradus.exec.Executor;
import io.gradus.tensor.error.AutogradException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of functions, as in {@code torch.autograd.functional}.
 *
 * <p>Inputs that a function does not use get zeros. Results have no history unless asked for with
 * {@code createGraph}.
 */
public final class AutogradFunctional {
  /** A function of several tensors. */
  @FunctionalInterface
  public interface Multi {
    /** The outputs. */
    List<Tensor> apply(List<Tensor> inputs);
  }

  /**
   * The value of a function and a product with its derivative.
   *
   * @param outputs of the function
   * @param product one an input (vjp, vhp, hvp) or one an output (jvp)
   */
  public record Product(List<Tensor> outputs, List<Tensor> product) {}

  private AutogradFunctional() {}

  /** The matrix of derivatives: its shape is that of the output, then that of the input. */
  public static Tensor jacobian(UnaryOperator<Tensor> function, Tensor input) {
    return jacobian(one(function), List.of(input), false).get(0).get(0);
  }

  /**
   * The derivatives of each output (outer list) with respect to each input.
   *
   * @param createGraph makes the result differentiable
   */
  public static List<List<Tensor>> jacobian(
      Multi function, List<Tensor> inputs, boolean createGraph) {
    return Autograd.enableGrad(
        () -> {
          List<Tensor> in = separate(inputs, createGraph);
          List<List<Tensor>> all = new ArrayList<>();
          for (Tensor output : function.apply(in)) {
            all.add(rows(output, in, createGraph));
          }
          return all;
        });
  }

  private static List<Tensor> rows(Tensor output, List<Tensor> in, boolean createGraph) {
    int n = (int) output.numel();
    List<List<Tensor>> found = new ArrayList<>();
    Tensor flat = output.reshape(n);
    for (int k = 0; k < n; k++) {
      found.add(gradients(List.of(flat.select(0, k)), in, null, true, createGraph));
    }
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      Tensor like = in.get(i);
      long[] sizes = concat(new long[] {n}, like.shape().toArray());
      Tensor all = zeros(like, sizes);
      for (int k = 0; k < n; k++) {
        all.select(0, k).copy_(found.get(k).get(i));
      }
      result.add(all.reshape(concat(output.shape().toArray(), like.shape().toArray())));
    }
    return result;
  }

  /** The second derivatives of a function with a one-element result. */
  public static Tensor hessian(UnaryOperator<Tensor> function, Tensor input) {
    return hessian(one(function), List.of(input), false).get(0).get(0);
  }

  /** The second derivatives with respect to each pair of inputs. */
  public static List<List<Tensor>> hessian(
      Multi function, List<Tensor> inputs, boolean createGraph) {
    return jacobian(
        in -> gradients(List.of(scalar(function.apply(in))), in, null, true, true),
        inputs,
        createGraph);
  }

  /** {@link #vjp(Multi, List, List, boolean)} for a function of one tensor; v like its output. */
  public static Product vjp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
    return vjp(one(function), List.of(input), List.of(v), false);
  }

  /** The outputs and, for vectors v like the outputs, the products vᵀJ. */
  public static Product vjp(
      Multi function, List<Tensor> inputs, @Nullable List<Tensor> v, boolean createGraph) {
    return Autograd.enableGrad(
        () -> {
          List<Tensor> in = separate(inputs, createGraph);
          List<Tensor> out = function.apply(in);
          return product(out, gradients(out, in, v, createGraph, createGraph), createGraph);
        });
  }

  /** {@link #jvp(Multi, List, List, boolean)} for a function of one tensor; v like its input. */
  public static Product jvp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
    return jvp(one(function), List.of(input), List.of(v), false);
  }

  /**
   * The outputs and, for vectors v like the inputs, the products Jv: vᵀJ is linear in v, and the
   * derivative of that is J.
   */
  public static Product jvp(
      Multi function, List<Tensor> inputs, List<Tensor> v, boolean createGraph) {
    return Autograd.enableGrad(
        () -> {
          List<Tensor> in = separate(inputs, createGraph);
          List<Tensor> out = function.apply(in);
          List<Tensor> dummies = new ArrayList<>();
          for (Tensor t : out) {
            dummies.add(zeros(t, t.shape().toArray()).requiresGrad_());
          }
          List<Tensor> linear = gradients(out, in, dummies, true, true);
          List<Tensor> products = gradients(linear, dummies, v, createGraph, createGraph);
          return product(out, products, createGraph);
        });
  }

  /** {@link #hvp(Multi, List, List, boolean)} for a function of one tensor. */
  public static Product hvp(UnaryOperator<Tensor> function, Tensor input, Tensor v) {
    return hvp(one(function), List.of(input), List.of(v), false);
  }

  /** The value of a function with one element, and the products of its Hessian with v. */
  public static Product hvp(
      Multi function, List<Tensor> inputs, List<Tensor> v, boolean createGraph) {
    return Autograd.enableGrad(
        () -> {
          List<Tensor> in = separate(inputs, createGraph);
          List<Tensor> out = List.of(scalar(function.apply(in)));
          List<Tensor> first = gradients(out, in, null, true, true);
          return product(out, gradients(first, in, v, createGraph, createGraph), createGraph);
        });
  }

  /** As {@link #hvp(Multi, List, List, boolean)}: the Hessian is symmetric. */
  public static Product vhp(
      Multi function, List<Tensor> inputs, List<Tensor> v, boolean createGraph) {
    return hvp(function, inputs, v, createGraph);
  }

  private static Multi one(UnaryOperator<Tensor> function) {
    return in -> List.of(function.apply(in.get(0)));
  }

  private static Product product(List<Tensor> out, List<Tensor> products, boolean createGraph) {
    return createGraph
        ? new Product(out, products)
        : new Product(
            out.stream().map(Tensor::detach).toList(),
            products.stream().map(Tensor::detach).toList());
  }

  /** Inputs of their own, so that nothing outside the function is walked. */
  private static List<Tensor> separate(List<Tensor> inputs, boolean createGraph) {
    List<Tensor> in = new ArrayList<>();
    for (Tensor t : inputs) {
      in.add(
          createGraph && t.requiresGrad()
              ? t.view(t.shape().toArray())
              : t.detach().requiresGrad_());
    }
    return in;
  }

  private static Tensor scalar(List<Tensor> outputs) {
    if (outputs.size() != 1 || outputs.get(0).numel() != 1) {
      throw new AutogradException(
          "[hessian] The function must return one tensor with one element: got "
              + outputs.stream().map(Tensor::shape).toList());
    }
    return outputs.get(0).sum();
  }

  /** The gradients of all inputs, zeros where an output does not depend on one. */
  private static List<Tensor> gradients(
      List<Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      boolean retainGraph,
      boolean createGraph) {
    List<Tensor> from = new ArrayList<>();
    List<Tensor> directions = new ArrayList<>();
    for (int o = 0; o < outputs.size(); o++) {
      if (outputs.get(o).requiresGrad()) {
        from.add(outputs.get(o));
        if (v != null) {
          directions.add(v.get(o));
        }
      }
    }
    List<@Nullable Tensor> found =
        from.isEmpty()
            ? Arrays.asList(new Tensor[inputs.size()])
            : Autograd.grad(
                from,
                inputs,
                new GradOptions(
                    v == null ? null : directions, retainGraph, createGraph, true, false));
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor g = found.get(i);
      all.add(g != null ? g : zeros(inputs.get(i), inputs.get(i).shape().toArray()));
    }
    return all;
  }

  private static Tensor zeros(Tensor like, long[] sizes) {
    return Executor.full(io.gradus.tensor.layout.Shape.of(sizes), like.dtype(), like.device(), 0L);
  }

  private static long[] concat(long[] a, long[] b) {
    long[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
