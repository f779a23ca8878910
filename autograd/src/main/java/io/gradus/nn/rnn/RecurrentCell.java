package io.gradus.nn.rnn;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.Functional;
import io.gradus.nn.Init;
import io.gradus.nn.Module;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a recurrent network.
 *
 * <p>Input [n, in] or [in], state [n, hidden] or [hidden]. The parameters are {@code weight_ih}
 * [gates · hidden, in], {@code weight_hh} [gates · hidden, hidden], {@code bias_ih} and {@code
 * bias_hh} [gates · hidden]; all start uniform in ±1/√hidden.
 */
public abstract sealed class RecurrentCell extends Module permits RNNCell, GRUCell, LSTMCell {
  private final String name;
  private final Cell cell;
  private final long inputSize;
  private final long hiddenSize;
  private final Parameter inputWeight;
  private final Parameter hiddenWeight;
  private final @Nullable Parameter inputBias;
  private final @Nullable Parameter hiddenBias;

  RecurrentCell(
      String name,
      Cell cell,
      int gates,
      long inputSize,
      long hiddenSize,
      boolean bias,
      Options tensors) {
    if (inputSize < 0 || hiddenSize < 1) {
      throw new InvalidArgumentException(
          "[%s] hidden_size must be greater than zero and input_size not negative: %d and %d"
              .formatted(name, hiddenSize, inputSize));
    }
    this.name = name;
    this.cell = cell;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    long rows = gates * hiddenSize;
    inputWeight = register("weight_ih", new Parameter(Tensor.empty(tensors, rows, inputSize)));
    hiddenWeight = register("weight_hh", new Parameter(Tensor.empty(tensors, rows, hiddenSize)));
    if (bias) {
      inputBias = register("bias_ih", new Parameter(Tensor.empty(tensors, rows)));
      hiddenBias = register("bias_hh", new Parameter(Tensor.empty(tensors, rows)));
    } else {
      inputBias = null;
      hiddenBias = null;
      registerAbsent("bias_ih");
      registerAbsent("bias_hh");
    }
    resetParameters();
  }

  /** Draws the parameters anew. */
  public final void resetParameters() {
    double bound = 1 / Math.sqrt((double) hiddenSize);
    parameters().forEach(p -> Init.uniform_(p, -bound, bound));
  }

  /** The next state; parts that are null start at zero. */
  final List<Tensor> step(Tensor input, List<@Nullable Tensor> state) {
    if (input.dim() != 1 && input.dim() != 2) {
      throw new ShapeException(
          "[%s] Expected input to be 1D or 2D, got %dD instead: shape %s"
              .formatted(name, input.dim(), input.shape()));
    }
    if (input.size(-1) != inputSize) {
      throw new ShapeException(
          "[%s] input has inconsistent input_size: got %d expected %d"
              .formatted(name, input.size(-1), inputSize));
    }
    boolean single = input.dim() == 1;
    Tensor x = single ? input.unsqueeze(0) : input;
    List<Tensor> from = new ArrayList<>();
    for (Tensor part : state) {
      from.add(start(x, part, single));
    }
    List<Tensor> next =
        cell.next(
            Functional.linear(x, inputWeight, inputBias),
            Functional.linear(from.getFirst(), hiddenWeight, hiddenBias),
            from);
    List<Tensor> shown = single ? next.stream().map(s -> s.squeeze(0)).toList() : next;
    ran(input, shown.getFirst());
    return shown;
  }

  private Tensor start(Tensor x, @Nullable Tensor part, boolean single) {
    if (part == null) {
      return Tensor.zeros(Options.dtype(x.dtype()).withDevice(x.device()), x.size(0), hiddenSize);
    }
    if (part.dim() != (single ? 1 : 2)
        || part.size(-1) != hiddenSize
        || !single && part.size(0) != x.size(0)) {
      throw new ShapeException(
          "[%s] hidden has inconsistent hidden_size or batch: got %s, expected %s%d"
              .formatted(name, part.shape(), single ? "" : x.size(0) + " x ", hiddenSize));
    }
    return single ? part.unsqueeze(0) : part;
  }

  @Override
  protected final long multiplyAdds(Tensor input, Tensor output) {
    return output.numel() / hiddenSize * (inputWeight.numel() + hiddenWeight.numel());
  }

  @Override
  protected final String extraRepr() {
    return "%d, %d%s".formatted(inputSize, hiddenSize, inputBias == null ? ", bias=False" : "");
  }
}
