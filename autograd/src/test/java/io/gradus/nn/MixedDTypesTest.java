package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.nn.activation.PReLU;
import io.gradus.nn.attention.MultiheadAttention;
import io.gradus.nn.norm.BatchNorm1d;
import io.gradus.nn.norm.GroupNorm;
import io.gradus.nn.norm.LayerNorm;
import io.gradus.nn.norm.RMSNorm;
import io.gradus.nn.rnn.GRUCell;
import io.gradus.nn.rnn.LSTM;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers refuse inputs of another dtype than theirs where PyTorch does. */
class MixedDTypesTest {
  private final Tensor x = Tensor.randn(4, 2);

  private static void refused(String part, Executable body) {
    DTypeException e = assertThrows(DTypeException.class, body);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e::getMessage);
  }

  private static <M extends Module> M in(DType dtype, M module) {
    module.to(dtype);
    return module;
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "F64"})
  void productsNeedOneDType(DType dtype) {
    String both = "f32 and " + dtype;
    refused(both, () -> in(dtype, new Linear(2, 3)).call(x));
    refused(both, () -> in(dtype, new Linear(2, 3, false)).call(x));
    refused(both, () -> in(dtype, new Linear(2, 3)).call(x.unsqueeze(0)));
    refused(both, () -> Functional.linear(x, x, Tensor.zeros(4).to(dtype)));
    refused(both, () -> in(dtype, new Bilinear(2, 2, 3)).call(x, x));
    refused(both, () -> in(dtype, new GRUCell(2, 3)).call(x));
    refused("input dtype (f32)", () -> in(dtype, new LSTM(2, 3)).call(x.unsqueeze(0)));
    refused(both, () -> in(dtype, new MultiheadAttention(2, 1)).call(x, x, x));
    refused(both, () -> in(dtype, new PReLU()).call(x));
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16", "F64"})
  void parametersOfNormsAreOfTheInputsDType(DType dtype) {
    refused("mixed dtype", () -> in(dtype, new LayerNorm(2)).call(x));
    refused("mixed dtype", () -> in(dtype, new GroupNorm(1, 2)).call(x));
    refused("mixed dtype", () -> in(dtype, new BatchNorm1d(2)).call(x));
    assertEquals(DType.F32, in(dtype, new RMSNorm(2)).call(x).dtype());
  }

  @Test
  void parametersOfNormsMayBeOfF32NextToHalf() {
    Tensor half = x.to(DType.F16);
    assertEquals(DType.F16, new LayerNorm(2).call(half).dtype());
    assertEquals(DType.F16, new GroupNorm(1, 2).call(half).dtype());
    assertEquals(DType.F16, new BatchNorm1d(2).call(half).dtype());
    refused("mixed dtype", () -> new LayerNorm(2).call(x.to(DType.F64)));
  }
}
