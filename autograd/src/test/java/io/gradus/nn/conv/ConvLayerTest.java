package io.gradus.nn.conv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;
import io.gradus.nn.Rearrangements;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConvLayerTest {
  @ParameterizedTest
  @EnumSource(PaddingMode.class)
  void padsInEveryMode(PaddingMode mode) {
    ConvOptions options = ConvOptions.DEFAULT.padding(1, 2);
    Conv2d layer = new Conv2d(2, 3, new long[] {3}, options, true, mode, Options.DEFAULT);
    Tensor x = Tensor.randn(1, 2, 6, 5);
    Tensor padded = Rearrangements.pad(x, new long[] {2, 2, 1, 1}, mode.mode(), null);
    Tensor expected =
        Convolutions.conv2d(padded, layer.weight(), layer.bias(), ConvOptions.DEFAULT);
    assertArrayEquals(expected.floatArray(), layer.call(x).floatArray(), 1e-5f);
  }

  @Test
  void aTransposedConvolutionReachesTheSizeAskedFor() {
    ConvOptions options = ConvOptions.DEFAULT.stride(2).padding(1);
    ConvTranspose2d layer = new ConvTranspose2d(2, 3, 3, options);
    Tensor x = Tensor.randn(1, 2, 4, 4);
    assertArrayEquals(new long[] {1, 3, 7, 7}, layer.call(x).shape().toArray());
    assertArrayEquals(new long[] {1, 3, 8, 7}, layer.forward(x, 8, 7).shape().toArray());
    ShapeException e = assertThrows(ShapeException.class, () -> layer.forward(x, 9, 7));
    assertTrue(
        String.valueOf(e.getMessage()).contains("valid sizes in dimension 0 range from 7 to 8"),
        e::getMessage);
  }

  @Test
  void mistakesAreNamed() {
    assertThrows(
        InvalidArgumentException.class, () -> new Conv1d(3, 4, 3, ConvOptions.DEFAULT.groups(2)));
    assertThrows(
        InvalidArgumentException.class,
        () -> new Conv1d(3, 4, 3, ConvOptions.DEFAULT.samePadding().stride(2)));
    assertThrows(InvalidArgumentException.class, () -> new Conv2d(3, 4, 0));
    assertThrows(
        InvalidArgumentException.class,
        () -> new Conv3d(3, 4, new long[] {3, 3}, ConvOptions.DEFAULT, true, Options.DEFAULT));
    assertThrows(ShapeException.class, () -> new Conv2d(3, 4, 3).call(Tensor.zeros(2, 3)));
  }
}
