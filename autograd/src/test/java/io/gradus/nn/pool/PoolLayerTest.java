package io.gradus.nn.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.nn.Pooling;
import io.gradus.tensor.error.ShapeException;
import org.junit.jupiter.api.Test;

class PoolLayerTest {
  @Test
  void unpoolingPutsMaximaBack() {
    Tensor x = Tensor.tensor(1f, 2f, 4f, 3f).view(1, 1, 4);
    ValuesIndices r = new MaxPool1d(2).forwardWithIndices(x);
    MaxUnpool1d back = new MaxUnpool1d(2);
    assertArrayEquals(new float[] {0, 2, 4, 0}, back.call(r.values(), r.indices()).floatArray());
    assertArrayEquals(
        new float[] {0, 2, 4, 0, 0}, back.call(r.values(), r.indices(), 5).floatArray());
  }

  @Test
  void adaptivePoolsKeepASize() {
    Tensor x = Tensor.randn(2, 3, 5, 6);
    assertArrayEquals(
        new long[] {2, 3, 5, 2}, new AdaptiveAvgPool2d(Pooling.KEEP, 2).call(x).shape().toArray());
    assertArrayEquals(new long[] {2, 3, 1, 1}, new AdaptiveMaxPool2d(1).call(x).shape().toArray());
  }

  @Test
  void fractionalWindowsHaveTheSizeAskedFor() {
    Tensor x = Tensor.randn(2, 3, 9, 9);
    FractionalMaxPool2d pool = new FractionalMaxPool2d(new long[] {2}, 5, 6);
    assertArrayEquals(new long[] {2, 3, 5, 6}, pool.call(x).shape().toArray());
  }

  @Test
  void mistakesAreNamed() {
    assertThrows(ShapeException.class, () -> new MaxPool2d(2).call(Tensor.zeros(4)));
    assertThrows(
        ShapeException.class, () -> new MaxUnpool2d(2).call(Tensor.zeros(1), Tensor.zeros(1)));
  }
}
