package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.activation.ReLU;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainersTest {
  @Test
  void listsAndDictionariesNameTheirMembers() {
    ModuleList<Linear> list = new ModuleList<>(new Linear(2, 3), new Linear(3, 1));
    assertEquals(
        List.of("0.weight", "0.bias", "1.weight", "1.bias"),
        List.copyOf(list.namedParameters().keySet()));
    assertSame(list.get(1), list.get(-1));
    ModuleDict<Layer> dict = new ModuleDict<Layer>().put("a", new ReLU()).put("b", list.get(0));
    assertEquals(List.of("b.weight", "b.bias"), List.copyOf(dict.namedParameters().keySet()));
    ParameterList parameters = new ParameterList(new Parameter(Tensor.zeros(2)));
    ParameterDict named = new ParameterDict().put("scale", parameters.get(0));
    assertEquals(List.of("0"), List.copyOf(parameters.stateDict().keySet()));
    assertEquals(List.of("scale"), List.copyOf(named.stateDict().keySet()));
    assertThrows(TensorIndexException.class, () -> list.get(2));
    assertThrows(TensorIndexException.class, () -> dict.get("c"));
    assertThrows(TensorIndexException.class, () -> parameters.get(-2));
    assertThrows(TensorIndexException.class, () -> named.get("shift"));
    assertThrows(InvalidArgumentException.class, () -> dict.put("a", new ReLU()));
    assertEquals(List.of("a", "b"), List.copyOf(dict.keys()));
  }

  @Test
  void submodulesAreFoundByDottedNames() {
    Sequential model = new Sequential(new ReLU(), new Sequential(new Linear(2, 2)));
    assertEquals("Linear", model.submodule("1.0").typeName());
    assertSame(model, model.submodule(""));
    assertThrows(InvalidArgumentException.class, () -> model.submodule("1.2"));
  }

  @Test
  void aTableOfVectorsKeepsItsPaddingRow() {
    Embedding table = new Embedding(4, 3, Lookups.Reading.PLAIN.paddingIdx(1L));
    Tensor y = table.call(Tensor.tensor(1L, 2L, 2L));
    assertArrayEquals(new float[3], y.select(0, 0).floatArray());
    y.sum().backward();
    Tensor grad = table.weight().grad();
    assertTrue(grad != null);
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0}, grad.floatArray());
    assertFalse(Embedding.fromPretrained(Tensor.zeros(2, 2), true).weight().requiresGrad());
    assertThrows(
        InvalidArgumentException.class,
        () -> new Embedding(4, 3, Lookups.Reading.PLAIN.paddingIdx(4L)));
    assertThrows(TensorIndexException.class, () -> table.call(Tensor.tensor(4L)));
  }

  @Test
  void bagsStartAtOffsets() {
    EmbeddingBag bags = new EmbeddingBag(4, 2, Lookups.Bag.SUM);
    Tensor w = bags.weight().detach();
    Tensor y = bags.call(Tensor.tensor(0L, 1L, 3L), Tensor.tensor(0L, 2L));
    assertArrayEquals(
        Tensor.stack(List.of(w.select(0, 0).add(w.select(0, 1)), w.select(0, 3))).floatArray(),
        y.floatArray());
    assertArrayEquals(
        new long[] {1, 2}, bags.call(Tensor.tensor(new long[][] {{0, 1}})).shape().toArray());
  }

  @Test
  void dropoutOfChannelsDropsAllOfAChannel() {
    Tensor y = new Dropout2d(0.5).call(Tensor.ones(20, 10, 3, 3)).flatten(2, -1);
    float[] low = y.amin(new int[] {2}, false).floatArray();
    assertArrayEquals(low, y.amax(new int[] {2}, false).floatArray());
    int dropped = 0;
    for (float v : low) {
      assertTrue(v == 0 || v == 2, () -> "unexpected " + v);
      dropped += v == 0 ? 1 : 0;
    }
    assertEquals(100, dropped, 45);
    Tensor same = Tensor.ones(2, 2);
    AlphaDropout alpha = new AlphaDropout(0.2);
    alpha.eval();
    assertArrayEquals(same.floatArray(), alpha.call(same).floatArray());
    assertThrows(InvalidArgumentException.class, () -> new Dropout3d(-0.1));
  }

  @Test
  void aWeightOfALossFollowsTheModuleAndLeavesTheCallersAlone() {
    Tensor weight = Tensor.tensor(1f, 2f);
    var loss = new io.gradus.nn.loss.NLLLoss(weight, -100, Reduction.MEAN);
    loss.to(DType.F64);
    assertEquals(DType.F32, weight.dtype());
    assertEquals(DType.F64, loss.stateDict().get("weight").dtype());
    Tensor logs = Tensor.zeros(1, 2).to(DType.F64);
    assertEquals(0, loss.call(logs, Tensor.tensor(new long[] {1})).item().doubleValue());
  }
}
