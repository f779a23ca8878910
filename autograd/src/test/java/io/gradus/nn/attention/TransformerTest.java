package io.gradus.nn.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.nn.MultiHead;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformerTest {
  private static final TransformerOptions SMALL =
      TransformerOptions.DEFAULT.feedForward(8).batchFirst(true);

  @Test
  void withACausalMaskNoElementDependsOnLaterOnes() {
    TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, SMALL);
    layer.to(DType.F64).eval();
    Tensor x = Tensor.randn(2, 5, 4).to(DType.F64);
    Tensor other = x.clone();
    other.narrow(1, 3, 2).add_(1);
    Tensor mask = Transformer.causalMask(5);
    Tensor a = layer.call(x, mask, null);
    Tensor b = layer.call(other, mask, null);
    assertArrayEquals(
        a.narrow(1, 0, 3).contiguous().doubleArray(), b.narrow(1, 0, 3).contiguous().doubleArray());
    assertTrue(a.narrow(1, 3, 2).ne(b.narrow(1, 3, 2)).any().item().doubleValue() == 1);
  }

  @Test
  void dropoutIsActiveInTrainingOnly() {
    TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, SMALL.dropout(0.5));
    Tensor x = Tensor.randn(2, 5, 4);
    assertTrue(layer.call(x).ne(layer.call(x)).any().item().doubleValue() == 1);
    layer.eval();
    assertArrayEquals(layer.call(x).floatArray(), layer.call(x).floatArray());
  }

  @Test
  void stacksHavePyTorchsNames() {
    Transformer model = new Transformer(4, 2, 2, 1, SMALL.bias(false));
    List<String> names = List.copyOf(model.stateDict().keySet());
    assertTrue(names.contains("encoder.layers.1.self_attn.out_proj.weight"), names::toString);
    assertTrue(names.contains("decoder.layers.0.multihead_attn.in_proj_weight"), names::toString);
    assertTrue(names.contains("decoder.norm.weight"), names::toString);
    assertArrayEquals(
        new long[] {3, 6, 4},
        model.call(Tensor.zeros(3, 5, 4), Tensor.zeros(3, 6, 4)).shape().toArray());
  }

  @Test
  void keysAndValuesMayHaveSizesOfTheirOwn() {
    MultiheadAttention attention =
        new MultiheadAttention(4, 2, AttentionOptions.DEFAULT.sizes(3, 5).batchFirst(true));
    assertEquals(
        List.of(
            "q_proj_weight",
            "k_proj_weight",
            "v_proj_weight",
            "in_proj_bias",
            "out_proj.weight",
            "out_proj.bias"),
        List.copyOf(attention.stateDict().keySet()));
    MultiHead.Attended r =
        attention.call(Tensor.randn(2, 6, 4), Tensor.randn(2, 7, 3), Tensor.randn(2, 7, 5));
    assertArrayEquals(new long[] {2, 6, 4}, r.output().shape().toArray());
    assertArrayEquals(new long[] {2, 6, 7}, r.weights().shape().toArray());
  }

  @Test
  void mistakesAreNamed() {
    InvalidArgumentException e =
        assertThrows(InvalidArgumentException.class, () -> new MultiheadAttention(4, 3));
    assertTrue(
        String.valueOf(e.getMessage()).contains("embed_dim must be divisible by num_heads"),
        e::getMessage);
    Transformer model = new Transformer(4, 2, 1, 1, SMALL);
    assertThrows(
        ShapeException.class, () -> model.call(Tensor.zeros(3, 5, 4), Tensor.zeros(2, 6, 4)));
    assertThrows(
        ShapeException.class, () -> model.call(Tensor.zeros(3, 5, 3), Tensor.zeros(3, 6, 3)));
    assertThrows(
        ShapeException.class,
        () ->
            new TransformerEncoderLayer(4, 2, SMALL)
                .call(Tensor.zeros(3, 5, 4), Transformer.causalMask(4), null));
  }
}
