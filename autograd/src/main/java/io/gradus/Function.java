package io.gradus;

import io.gradus.graph.GradMode;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation with a derivative of its own.
 *
 * <p>Subclasses compute in {@link #forward}, where nothing is recorded, and give the gradients of
 * the inputs in {@link #backward}, which is recorded when the caller asks for higher derivatives.
 * An instance may be applied any number of times; what one application must remember belongs into
 * its {@link FunctionContext}. Settings that are no tensors are fields of the subclass.
 *
 * <pre>{@code
 * final class Exp extends Function.OfOne {
 *   protected Tensor forward(FunctionContext context, Tensor x) {
 *     Tensor result = x.exp();
 *     context.saveForBackward(result);
 *     return result;
 *   }
 *
 *   protected Tensor backward(FunctionContext context, Tensor gradient) {
 *     return gradient.mul(context.saved(0));
 *   }
 * }
 * }</pre>
 */
public abstract class Function {
  /** A function without state. */
  protected Function() {}

  /** The results for these inputs. */
  protected abstract List<Tensor> forward(FunctionContext context, List<Tensor> inputs);

  /**
   * The gradients of the inputs, in their order; null where an input has none ({@code
   * Arrays.asList} takes null).
   *
   * @param gradients one a result; zeros where none arrived
   */
  protected abstract List<@Nullable Tensor> backward(
      FunctionContext context, List<Tensor> gradients);

  /** The name of its nodes, {@code ExpBackward} for a class {@code Exp}. */
  public String name() {
    String simple = getClass().getSimpleName();
    return (simple.isEmpty() ? "Function" : simple) + "Backward";
  }

  /**
   * Computes the results and records the call if an input requires grad.
   *
   * @throws AutogradException if {@link #forward} marked something dirty that it may not write
   */
  public final List<Tensor> apply(List<Tensor> inputs) {
    FunctionContext context = new FunctionContext(inputs);
    List<Tensor> results;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      results = new ArrayList<>(forward(context, inputs));
    }
    if (results.isEmpty()) {
      throw new InvalidArgumentException("[" + name() + "] forward must return a result");
    }
    return FunctionNode.record(this, context, inputs, results);
  }

  /** {@link #apply(List)} for a function of one result. */
  public final Tensor apply(Tensor... inputs) {
    List<Tensor> results = apply(Arrays.asList(inputs));
    if (results.size() != 1) {
      throw new InvalidArgumentException(
          "[%s] has %d results; use apply(List)".formatted(name(), results.size()));
    }
    return results.get(0);
  }

  /** A function of one tensor with one result. */
  public abstract static class OfOne extends Function {
    /** A function without state. */
    protected OfOne() {}

    /** The result. */
    protected abstract Tensor forward(FunctionContext context, Tensor input);

    /** The gradient of the input, or null. */
    protected abstract @Nullable Tensor backward(FunctionContext context, Tensor gradient);

    @Override
    protected final List<Tensor> forward(FunctionContext context, List<Tensor> inputs) {
      if (inputs.size() != 1) {
        throw new InvalidArgumentException(
            "[%s] takes one tensor, got %d".formatted(name(), inputs.size()));
      }
      return List.of(forward(context, inputs.get(0)));
    }

    @Override
    protected final List<@Nullable Tensor> backward(
        FunctionContext context, List<Tensor> gradients) {
      List<@Nullable Tensor> one = new ArrayList<>();
      one.add(backward(context, gradients.get(0)));
      return one;
    }
  }
}
