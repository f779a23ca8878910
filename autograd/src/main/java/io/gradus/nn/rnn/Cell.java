package io.gradus.nn.rnn;

import io.gradus.Tensor;
import java.util.List;

/**
 * One step of a recurrent network.
 *
 * <p>A state is a list of tensors [n, size]: the hidden state, and for some cells more.
 */
@FunctionalInterface
interface Cell {
  /**
   * The next state.
   *
   * @param input of the step, already multiplied with the input weights, [n, gates · hidden]
   * @param hidden the hidden state multiplied with its weights, [n, gates · hidden]
   */
  List<Tensor> next(Tensor input, Tensor hidden, List<Tensor> state);

  /** {@code tanh(i + h)}. */
  Cell TANH = (i, h, state) -> List.of(i.add(h).tanh());

  /** {@code max(0, i + h)}. */
  Cell RELU = (i, h, state) -> List.of(i.add(h).relu());

  /**
   * Long short-term memory with the gates input, forget, candidate and output.
   *
   * <p>S. Hochreiter and J. Schmidhuber, "Long Short-Term Memory", 1997, with the forget gate of F.
   * Gers et al., 2000.
   */
  Cell LSTM =
      (i, h, state) -> {
        List<Tensor> gates = i.add(h).chunk(4, 1);
        Tensor kept = gates.get(1).sigmoid().mul(state.get(1));
        Tensor cell = kept.add(gates.get(0).sigmoid().mul(gates.get(2).tanh()));
        return List.of(gates.get(3).sigmoid().mul(cell.tanh()), cell);
      };

  /**
   * Gated recurrent unit with the gates reset, update and candidate.
   *
   * <p>K. Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014; the reset
   * gate acts behind the product with the weights.
   */
  Cell GRU =
      (i, h, state) -> {
        List<Tensor> in = i.chunk(3, 1);
        List<Tensor> hidden = h.chunk(3, 1);
        Tensor reset = in.get(0).add(hidden.get(0)).sigmoid();
        Tensor update = in.get(1).add(hidden.get(1)).sigmoid();
        Tensor candidate = in.get(2).add(reset.mul(hidden.get(2))).tanh();
        return List.of(state.get(0).sub(candidate).mul(update).add(candidate));
      };
}
