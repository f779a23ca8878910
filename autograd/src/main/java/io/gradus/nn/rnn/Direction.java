package io.gradus.nn.rnn;

import io.gradus.Tensor;
import io.gradus.nn.Functional;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer in one direction.
 *
 * @param projection of the hidden state, null for none
 */
record Direction(
    Cell cell,
    Tensor inputWeight,
    Tensor hiddenWeight,
    @Nullable Tensor inputBias,
    @Nullable Tensor hiddenBias,
    @Nullable Tensor projection) {

  /** The hidden states of all steps, packed as the input, and the last state of each sequence. */
  record Run(Tensor outputs, List<Tensor> last) {}

  private List<Tensor> step(Tensor input, List<Tensor> state) {
    Tensor hidden = Functional.linear(state.getFirst(), hiddenWeight, hiddenBias);
    List<Tensor> next = cell.next(input, hidden, state);
    if (projection == null) {
      return next;
    }
    List<Tensor> projected = new ArrayList<>(next);
    projected.set(0, Functional.linear(next.getFirst(), projection, null));
    return projected;
  }

  /**
   * From the first element to the last: sequences leave when they end.
   *
   * @param data [elements, size], packed
   * @param state [n, size] each
   */
  Run forward(Tensor data, List<Long> sizes, List<Tensor> state) {
    Tensor input = Functional.linear(data, inputWeight, inputBias);
    List<Tensor> outputs = new ArrayList<>();
    List<List<Tensor>> ended = new ArrayList<>();
    List<Tensor> now = state;
    long at = 0;
    for (long size : sizes) {
      long before = now.getFirst().size(0);
      if (size < before) {
        ended.addFirst(rows(now, size, before - size));
        now = rows(now, 0, size);
      }
      now = step(input.narrow(0, at, size), now);
      outputs.add(now.getFirst());
      at += size;
    }
    ended.addFirst(now);
    return new Run(Tensor.cat(outputs), joined(ended));
  }

  /** From the last element to the first: sequences join with the state they start from. */
  Run backward(Tensor data, List<Long> sizes, List<Tensor> state) {
    Tensor input = Functional.linear(data, inputWeight, inputBias);
    Tensor[] outputs = new Tensor[sizes.size()];
    List<Tensor> now = rows(state, 0, sizes.getLast());
    long at = data.size(0);
    for (int t = sizes.size() - 1; t >= 0; t--) {
      long size = sizes.get(t);
      long before = now.getFirst().size(0);
      if (size > before) {
        now = joined(List.of(now, rows(state, before, size - before)));
      }
      at -= size;
      now = step(input.narrow(0, at, size), now);
      outputs[t] = now.getFirst();
    }
    return new Run(Tensor.cat(Arrays.asList(outputs)), now);
  }

  private static List<Tensor> rows(List<Tensor> state, long from, long count) {
    return state.stream().map(s -> s.narrow(0, from, count)).toList();
  }

  private static List<Tensor> joined(List<List<Tensor>> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < parts.getFirst().size(); i++) {
      int which = i;
      all.add(Tensor.cat(parts.stream().map(p -> p.get(which)).toList()));
    }
    return all;
  }
}
