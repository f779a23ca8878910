package io.gradus.nn.rnn;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.Functional;
import io.gradus.nn.Init;
import io.gradus.nn.Module;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stacked layers of recurrent cells, in one direction or both.
 *
 * <p>Input [length, batch, in], [batch, length, in] with the batch first, or [length, in]; output
 * of the same form with directions · hidden at the end. Of layer k the parameters are {@code
 * weight_ih_lk} [gates · hidden, in], {@code weight_hh_lk} [gates · hidden, hidden], {@code
 * bias_ih_lk}, {@code bias_hh_lk} [gates · hidden] and for projections {@code weight_hr_lk}; those
 * of the other direction end in {@code _reverse}. All start uniform in ±1/√hidden.
 */
public abstract sealed class Recurrent extends Module permits RNN, GRU, LSTM {
  private final String name;
  private final long inputSize;
  private final long hiddenSize;
  private final RecurrentOptions options;
  private final List<Direction> directions = new ArrayList<>();

  /** Outputs of the last layer, and the last states [layers · directions, batch, size]. */
  record Result(Tensor output, List<Tensor> last) {}

  Recurrent(
      String name,
      Cell cell,
      int gates,
      long inputSize,
      long hiddenSize,
      RecurrentOptions options,
      Options tensors) {
    if (inputSize < 1 || hiddenSize < 1) {
      throw new InvalidArgumentException(
          "[%s] input_size and hidden_size must be greater than zero: %d and %d"
              .formatted(name, inputSize, hiddenSize));
    }
    if (options.projection() >= hiddenSize) {
      throw new InvalidArgumentException(
          "[%s] proj_size has to be smaller than hidden_size: %d and %d"
              .formatted(name, options.projection(), hiddenSize));
    }
    if (options.projection() > 0 && cell != Cell.LSTM) {
      throw new InvalidArgumentException(
          "[%s] proj_size argument is only supported for LSTM, not %s".formatted(name, name));
    }
    this.name = name;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.options = options;
    for (int layer = 0; layer < options.layers(); layer++) {
      long in = layer == 0 ? inputSize : outputSize() * options.directions();
      for (int d = 0; d < options.directions(); d++) {
        directions.add(direction(cell, gates * hiddenSize, in, "_l" + layer + suffix(d), tensors));
      }
    }
    resetParameters();
  }

  private static String suffix(int direction) {
    return direction == 1 ? "_reverse" : "";
  }

  private Direction direction(Cell cell, long rows, long in, String suffix, Options tensors) {
    Tensor inputWeight = parameter("weight_ih" + suffix, tensors, rows, in);
    Tensor hiddenWeight = parameter("weight_hh" + suffix, tensors, rows, outputSize());
    boolean bias = options.bias();
    return new Direction(
        cell,
        inputWeight,
        hiddenWeight,
        bias ? parameter("bias_ih" + suffix, tensors, rows) : null,
        bias ? parameter("bias_hh" + suffix, tensors, rows) : null,
        options.projection() > 0
            ? parameter("weight_hr" + suffix, tensors, options.projection(), hiddenSize)
            : null);
  }

  private Tensor parameter(String parameter, Options tensors, long... shape) {
    return register(parameter, new Parameter(Tensor.empty(tensors, shape)));
  }

  /** Draws the parameters anew. */
  public final void resetParameters() {
    double bound = 1 / Math.sqrt((double) hiddenSize);
    parameters().forEach(p -> Init.uniform_(p, -bound, bound));
  }

  private long outputSize() {
    return options.projection() > 0 ? options.projection() : hiddenSize;
  }

  /** Sizes of the parts of a state. */
  private long[] sizes(int parts) {
    long[] sizes = new long[parts];
    Arrays.fill(sizes, hiddenSize);
    sizes[0] = outputSize();
    return sizes;
  }

  /** Runs sequences of one length. */
  final Result run(Tensor input, List<@Nullable Tensor> given) {
    if (input.dim() != 2 && input.dim() != 3) {
      throw new ShapeException(
          "[%s] Expected input to be 2D or 3D, got %dD instead: shape %s"
              .formatted(name, input.dim(), input.shape()));
    }
    check(input);
    boolean single = input.dim() == 2;
    Tensor x = single ? input.unsqueeze(1) : options.batchFirst() ? input.transpose(0, 1) : input;
    long length = x.size(0);
    long n = x.size(1);
    if (length == 0) {
      throw new ShapeException(
          "[%s] Expected sequence length to be larger than 0: shape %s"
              .formatted(name, input.shape()));
    }
    List<Tensor> state = new ArrayList<>();
    long[] sizes = sizes(given.size());
    for (int i = 0; i < sizes.length; i++) {
      Tensor s = start(x, given.get(i), n, sizes[i], single);
      state.add(single && s.dim() == 2 ? s.unsqueeze(1) : s);
    }
    Result r = run(x.reshape(length * n, inputSize), Collections.nCopies((int) length, n), state);
    Tensor output = r.output.reshape(length, n, r.output.size(1));
    Tensor shown =
        single ? output.squeeze(1) : options.batchFirst() ? output.transpose(0, 1) : output;
    ran(input, shown);
    return new Result(shown, single ? r.last.stream().map(s -> s.squeeze(1)).toList() : r.last);
  }

  /** Runs packed sequences. */
  final Result run(PackedSequence input, List<@Nullable Tensor> given) {
    if (input.data().dim() != 2) {
      throw new ShapeException(
          "[%s] Expected packed data to be 2D, but got shape %s"
              .formatted(name, input.data().shape()));
    }
    check(input.data());
    long[] sizes = sizes(given.size());
    List<Tensor> state = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      Tensor s = start(input.data(), given.get(i), input.sequences(), sizes[i], false);
      state.add(input.sorted(s));
    }
    Result r = run(input.data(), input.batchSizes(), state);
    ran(input.data(), r.output);
    return new Result(r.output, r.last.stream().map(input::unsorted).toList());
  }

  private void check(Tensor input) {
    DType weights = directions.getFirst().inputWeight().dtype();
    if (input.dtype() != weights) {
      throw new DTypeException(
          "[%s] RNN input dtype (%s) does not match weight dtype (%s); convert the input or the module with to(…)"
              .formatted(name, input.dtype(), weights));
    }
    if (input.size(-1) != inputSize) {
      throw new ShapeException(
          "[%s] input.size(-1) must be equal to input_size. Expected %d, got %d"
              .formatted(name, inputSize, input.size(-1)));
    }
  }

  private Tensor start(Tensor x, @Nullable Tensor given, long n, long size, boolean single) {
    long[] shape =
        single ? new long[] {directions.size(), size} : new long[] {directions.size(), n, size};
    if (given == null) {
      return Tensor.zeros(Options.dtype(x.dtype()).withDevice(x.device()), shape);
    }
    if (!Arrays.equals(shape, given.shape().toArray())) {
      throw new ShapeException(
          "[%s] Expected hidden size %s, got %s"
              .formatted(name, Arrays.toString(shape), given.shape()));
    }
    return given;
  }

  /** On packed data; the parts of a state are [layers · directions, n, size]. */
  private Result run(Tensor data, List<Long> sizes, List<Tensor> state) {
    Tensor x = data;
    List<List<Tensor>> last = new ArrayList<>();
    for (int layer = 0; layer < options.layers(); layer++) {
      List<Tensor> outputs = new ArrayList<>();
      for (int d = 0; d < options.directions(); d++) {
        int at = layer * options.directions() + d;
        List<Tensor> from = state.stream().map(s -> s.select(0, at)).toList();
        Direction direction = directions.get(at);
        Direction.Run run =
            d == 0 ? direction.forward(x, sizes, from) : direction.backward(x, sizes, from);
        outputs.add(run.outputs());
        last.add(run.last());
      }
      x = outputs.size() == 1 ? outputs.getFirst() : Tensor.cat(outputs, 1);
      if (layer < options.layers() - 1) {
        x = Functional.dropout(x, options.dropout(), isTraining(), null);
      }
    }
    List<Tensor> stacked = new ArrayList<>();
    for (int i = 0; i < state.size(); i++) {
      int part = i;
      stacked.add(Tensor.stack(last.stream().map(l -> l.get(part)).toList()));
    }
    return new Result(x, stacked);
  }

  /** Each element of a sequence meets every weight. */
  @Override
  protected final long multiplyAdds(Tensor input, Tensor output) {
    long weights = parameters().stream().filter(p -> p.dim() == 2).mapToLong(Tensor::numel).sum();
    return input.numel() / inputSize * weights;
  }

  @Override
  protected final String extraRepr() {
    StringBuilder text = new StringBuilder("%d, %d".formatted(inputSize, hiddenSize));
    if (options.projection() > 0) {
      text.append(", proj_size=").append(options.projection());
    }
    if (options.layers() != 1) {
      text.append(", num_layers=").append(options.layers());
    }
    if (!options.bias()) {
      text.append(", bias=False");
    }
    if (options.batchFirst()) {
      text.append(", batch_first=True");
    }
    if (options.dropout() != 0) {
      text.append(", dropout=").append(options.dropout());
    }
    return text.append(options.bidirectional() ? ", bidirectional=True" : "").toString();
  }
}
