package io.gradus.nn.rnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedSequenceTest {
  @Test
  void absurdNumbersOfLayersAreRefusedBeforeAnythingIsMade() {
    assertThrows(
        InvalidArgumentException.class, () -> RecurrentOptions.DEFAULT.layers(Integer.MAX_VALUE));
  }

  private static final long[] LENGTHS = {2, 4, 1, 4};

  private static List<Tensor> sequences(int width) {
    return java.util.Arrays.stream(LENGTHS)
        .mapToObj(l -> Tensor.randn(l, width).to(DType.F64))
        .toList();
  }

  private static void close(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.doubleArray(), actual.doubleArray(), 1e-12);
  }

  @Test
  void packingAndPaddingGiveTheSequencesBack() {
    List<Tensor> given = sequences(3);
    PackedSequence packed = Sequences.pack(given);
    assertEquals(List.of(4L, 3L, 2L, 2L), packed.batchSizes());
    assertEquals(11, packed.data().size(0));
    Sequences.Padded padded = Sequences.padPacked(packed, true, -1, 6);
    assertEquals(List.of(2L, 4L, 1L, 4L), padded.lengths());
    assertArrayEquals(new long[] {4, 6, 3}, padded.data().shape().toArray());
    close(given.get(2), padded.data().select(0, 2).narrow(0, 0, 1));
    assertTrue(padded.data().select(0, 2).narrow(0, 1, 5).eq(-1).all().item().doubleValue() == 1);
    List<Tensor> back = Sequences.unpack(packed);
    for (int i = 0; i < given.size(); i++) {
      close(given.get(i), back.get(i));
    }
  }

  @Test
  void packedLstmRunsEachSequenceToItsOwnEnd() {
    RecurrentOptions options = RecurrentOptions.DEFAULT.layers(2).bidirectional(true).projection(2);
    LSTM lstm = new LSTM(3, 4, options);
    lstm.to(DType.F64);
    List<Tensor> given = sequences(3);
    LSTM.Packed all = lstm.call(Sequences.pack(given));
    List<Tensor> outputs = Sequences.unpack(all.output());
    for (int i = 0; i < given.size(); i++) {
      LSTM.Output one = lstm.call(given.get(i));
      close(one.output(), outputs.get(i));
      close(one.state().hidden(), all.state().hidden().select(1, i));
      close(one.state().cell(), all.state().cell().select(1, i));
    }
  }

  @Test
  void packedGruStartsEachSequenceFromItsOwnState() {
    GRU gru = new GRU(3, 4, RecurrentOptions.DEFAULT.bidirectional(true).bias(false));
    gru.to(DType.F64);
    List<Tensor> given = sequences(3);
    Tensor start = Tensor.randn(2, 4, 4).to(DType.F64);
    PackedOutput all = gru.call(Sequences.pack(given), start);
    for (int i = 0; i < given.size(); i++) {
      RecurrentOutput one = gru.call(given.get(i), start.select(1, i));
      close(one.output(), Sequences.unpack(all.output()).get(i));
      close(one.hidden(), all.hidden().select(1, i));
    }
  }

  @Test
  void aNetworkOfOneStepIsItsCell() {
    RNN rnn = new RNN(3, 4);
    RNNCell cell = new RNNCell(3, 4);
    Tensor x = Tensor.randn(5, 3);
    var state = new java.util.LinkedHashMap<String, Tensor>();
    rnn.stateDict().forEach((name, t) -> state.put(name.replace("_l0", ""), t));
    assertTrue(cell.loadStateDict(state).isEmpty());
    assertArrayEquals(
        cell.call(x).floatArray(), rnn.call(x.unsqueeze(0)).hidden().select(0, 0).floatArray());
  }

  @Test
  void dropoutBetweenLayersIsActiveInTrainingOnly() {
    GRU gru = new GRU(3, 8, RecurrentOptions.DEFAULT.layers(2).dropout(1));
    Tensor a = Tensor.randn(4, 2, 3);
    Tensor b = Tensor.randn(4, 2, 3);
    // All that the second layer gets in training are zeros.
    assertArrayEquals(gru.call(a).output().floatArray(), gru.call(b).output().floatArray());
    gru.eval();
    assertTrue(gru.call(a).output().ne(gru.call(b).output()).any().item().doubleValue() == 1);
  }

  @Test
  void mistakesAreNamed() {
    GRU gru = new GRU(3, 4);
    assertThrows(ShapeException.class, () -> gru.call(Tensor.zeros(5, 2, 4)));
    assertThrows(ShapeException.class, () -> gru.call(Tensor.zeros(3)));
    assertThrows(ShapeException.class, () -> gru.call(Tensor.zeros(0, 2, 3)));
    ShapeException e =
        assertThrows(
            ShapeException.class, () -> gru.call(Tensor.zeros(5, 2, 3), Tensor.zeros(1, 3, 4)));
    assertTrue(
        String.valueOf(e.getMessage()).contains("Expected hidden size [1, 2, 4], got [1, 3, 4]"),
        e::getMessage);
    assertThrows(
        InvalidArgumentException.class,
        () -> new GRU(3, 4, RecurrentOptions.DEFAULT.projection(2)));
    assertThrows(
        InvalidArgumentException.class,
        () -> new LSTM(3, 4, RecurrentOptions.DEFAULT.projection(4)));
    assertThrows(InvalidArgumentException.class, () -> RecurrentOptions.DEFAULT.layers(0));
    assertThrows(InvalidArgumentException.class, () -> RecurrentOptions.DEFAULT.dropout(1.5));
    Tensor x = Tensor.zeros(4, 2, 3);
    assertThrows(
        InvalidArgumentException.class, () -> Sequences.packPadded(x, new long[] {5, 1}, false));
    assertThrows(
        InvalidArgumentException.class, () -> Sequences.packPadded(x, new long[] {4}, false));
    PackedSequence packed = Sequences.packPadded(x, new long[] {4, 1}, false);
    assertThrows(ShapeException.class, () -> packed.with(Tensor.zeros(4, 1)));
    assertThrows(InvalidArgumentException.class, () -> Sequences.padPacked(packed, false, 0, 3));
    assertThrows(ShapeException.class, () -> new LSTMCell(3, 4).call(Tensor.zeros(2, 2)));
  }
}
