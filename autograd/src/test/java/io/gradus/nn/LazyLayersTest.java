package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.conv.Conv2d;
import io.gradus.nn.conv.LazyConv1d;
import io.gradus.nn.conv.LazyConv2d;
import io.gradus.nn.conv.LazyConv3d;
import io.gradus.nn.conv.LazyConvTranspose1d;
import io.gradus.nn.conv.LazyConvTranspose2d;
import io.gradus.nn.conv.LazyConvTranspose3d;
import io.gradus.nn.norm.BatchNorm2d;
import io.gradus.nn.norm.LazyBatchNorm1d;
import io.gradus.nn.norm.LazyBatchNorm2d;
import io.gradus.nn.norm.LazyBatchNorm3d;
import io.gradus.nn.norm.LazyInstanceNorm1d;
import io.gradus.nn.norm.LazyInstanceNorm2d;
import io.gradus.nn.norm.LazyInstanceNorm3d;
import io.gradus.nn.norm.NormOptions;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LazyLayersTest {
  private static Sequential lazy() {
    return new Sequential(
        new LazyConv2d(4, 3, ConvOptions.DEFAULT.groups(2)),
        new LazyBatchNorm2d(),
        new ReLU(),
        new Flatten(),
        new LazyLinear(3));
  }

  private static Sequential plain() {
    return new Sequential(
        new Conv2d(6, 4, 3, ConvOptions.DEFAULT.groups(2)),
        new BatchNorm2d(4),
        new ReLU(),
        new Flatten(),
        new Linear(16, 3));
  }

  @Test
  @DisplayName("S12.3 lazy layers take their sizes from the first input and are plain ones then")
  void sizesComeFromTheFirstInput() {
    Sequential lazy = lazy();
    Tensor x = Tensor.randn(2, 6, 4, 4);
    lazy.call(x);
    Sequential plain = plain();
    assertEquals(plain.toString(), lazy.toString());
    assertEquals(plain.stateDict().keySet(), lazy.stateDict().keySet());
    plain.loadStateDict(lazy.stateDict());
    assertArrayEquals(plain.call(x).floatArray(), lazy.call(x).floatArray());
    plain.eval();
    lazy.eval();
    assertArrayEquals(plain.call(x).floatArray(), lazy.call(x).floatArray());
    assertEquals(plain.summary(2, 6, 4, 4).multiplyAdds(), lazy.summary(2, 6, 4, 4).multiplyAdds());
    lazy.call(x).sum().backward();
    assertTrue(lazy.parameters().stream().allMatch(p -> p.grad() != null));
  }

  @Test
  void aLayerThatWaitsHasNoParametersToTrainOrSave() {
    Sequential lazy = lazy();
    for (Runnable asking : new Runnable[] {lazy::parameters, lazy::stateDict}) {
      InvalidArgumentException e = assertThrows(InvalidArgumentException.class, asking::run);
      assertTrue(String.valueOf(e.getMessage()).contains("[LazyConv2d]"), e::getMessage);
      assertTrue(String.valueOf(e.getMessage()).contains("call the model once"), e::getMessage);
    }
    lazy.zeroGrad();
    lazy.to(DType.F64);
    lazy.call(Tensor.randn(2, 6, 4, 4).to(DType.F64));
    assertTrue(lazy.parameters().stream().allMatch(p -> p.dtype() == DType.F64));
    lazy.to(DType.F32);
    assertEquals(DType.F32, lazy.call(Tensor.randn(2, 6, 4, 4)).dtype());
  }

  @Test
  void sizesComeFromAStateDictToo() {
    Sequential plain = plain();
    Sequential lazy = lazy();
    lazy.loadStateDict(plain.stateDict());
    Tensor x = Tensor.randn(2, 6, 4, 4);
    assertArrayEquals(plain.call(x).floatArray(), lazy.call(x).floatArray());
    LazyLinear none = new LazyLinear(2);
    none.loadStateDict(Map.of(), false);
    assertTrue(none.isLazy());
  }

  private static void becomes(String expected, LazyLayer layer, long... shape) {
    layer.call(Tensor.randn(shape));
    assertFalse(layer.isLazy());
    assertEquals(expected, layer.typeName());
    assertSame(layer.plain(), layer.plain());
  }

  @Test
  void everyKindFindsItsChannels() {
    NormOptions affine = NormOptions.INSTANCE.affine(true);
    becomes("Conv1d", new LazyConv1d(2, 3), 1, 5, 7);
    becomes("Conv3d", new LazyConv3d(2, 3), 5, 7, 7, 7);
    becomes("ConvTranspose1d", new LazyConvTranspose1d(2, 3), 1, 5, 7);
    becomes("ConvTranspose2d", new LazyConvTranspose2d(2, 3), 5, 7, 7);
    becomes("ConvTranspose3d", new LazyConvTranspose3d(2, 3), 1, 5, 3, 3, 3);
    becomes("BatchNorm1d", new LazyBatchNorm1d(), 4, 5);
    becomes("BatchNorm1d", new LazyBatchNorm1d(), 4, 5, 6);
    becomes("BatchNorm3d", new LazyBatchNorm3d(), 2, 5, 2, 2, 2);
    becomes("InstanceNorm1d", new LazyInstanceNorm1d(affine, null), 5, 6);
    becomes("InstanceNorm2d", new LazyInstanceNorm2d(affine, null), 2, 5, 6, 6);
    becomes("InstanceNorm3d", new LazyInstanceNorm3d(affine, null), 5, 2, 2, 2);
    LazyConvTranspose2d transposed = new LazyConvTranspose2d(2, 3);
    transposed.loadStateDict(Map.of("weight", Tensor.ones(5, 2, 3, 3), "bias", Tensor.zeros(2)));
    assertEquals(2 * 5 * 9 + 2, transposed.parameters().stream().mapToLong(Tensor::numel).sum());
    assertThrows(ShapeException.class, () -> new LazyConv2d(2, 3).call(Tensor.ones(3, 3)));
    assertThrows(ShapeException.class, () -> new LazyLinear(2).call(Tensor.scalar(1f)));
  }
}
