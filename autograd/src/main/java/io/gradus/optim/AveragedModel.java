package io.gradus.optim;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.nn.Layer;
import io.gradus.nn.Module;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Map;

/**
 * A second model whose parameters are the averages of those of a model in training.
 *
 * <pre>{@code
 * var average = new AveragedModel<>(model, newModel(), Averaging.exponential(0.999));
 * for (var batch : loader) {
 *   ...
 *   optimizer.step();
 *   average.update();
 * }
 * average.module().call(x);
 * }</pre>
 *
 * <p>The state dict has PyTorch's names: {@code n_averaged} and {@code module.} before those of the
 * model.
 *
 * @param <M> the kind of model
 */
public final class AveragedModel<M extends Module> extends Module {
  private final M source;
  private final M average;
  private final Averaging averaging;
  private final boolean useBuffers;
  private final Tensor count;

  /** Averages of the parameters; buffers are those of the model at the last update. */
  public AveragedModel(M source, M twin, Averaging averaging) {
    this(source, twin, averaging, false);
  }

  /**
   * Averages of the parameters.
   *
   * @param source the model in training
   * @param twin another model of the same structure, which becomes the average; it starts as a copy
   * @param useBuffers whether floating buffers are averaged too instead of copied
   * @throws io.gradus.tensor.error.FormatException if the twin has another structure
   */
  public AveragedModel(M source, M twin, Averaging averaging, boolean useBuffers) {
    if (source == twin) {
      throw new InvalidArgumentException(
          "[AveragedModel] the average needs a model of its own; make a second one");
    }
    twin.loadStateDict(source.stateDict());
    this.source = source;
    this.averaging = averaging;
    this.useBuffers = useBuffers;
    average = register("module", twin);
    average.requiresGrad_(false);
    count = registerBuffer("n_averaged", Tensor.tensor(new long[] {0}).view(), true);
  }

  /** The model with the averages. */
  public M module() {
    return average;
  }

  /** The number of updates so far. */
  public long updates() {
    return count.item().longValue();
  }

  /** Takes the present parameters into the averages. */
  public void update() {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      long n = updates();
      Map<String, ? extends Tensor> now = source.namedParameters();
      average.namedParameters().forEach((name, a) -> join(a, now, name, n));
      Map<String, Tensor> buffers = source.namedBuffers();
      average.namedBuffers().forEach((name, a) -> join(a, buffers, name, useBuffers ? n : 0));
      count.add_(1);
    }
  }

  private void join(Tensor to, Map<String, ? extends Tensor> from, String name, long n) {
    Tensor value = from.get(name);
    if (value == null) {
      throw new InvalidArgumentException("[AveragedModel] the model has no longer " + name);
    }
    averaging.update(to.detach(), value, n);
  }

  /**
   * Computes the running statistics of all batch normalisations of a model anew, as the means over
   * batches: averages of weights have other statistics than each of the weights.
   *
   * <p>Nothing happens for a model without batch normalisation. Afterwards the model is in the mode
   * it was in.
   */
  public static void updateBatchNorm(Layer model, Iterable<Tensor> inputs) {
    BatchStatistics.update(model, inputs);
  }
}
