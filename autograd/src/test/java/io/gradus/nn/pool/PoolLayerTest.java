package io.gradus.nn.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
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
  void ofSeveralNaNsInAWindowTheLastIsTaken() {
    float[] data = new float[2 * 6 * 8];
    for (int i = 0; i < data.length; i++) {
      data[i] = i;
    }
    for (int at :
        new int[] {0, 8, 10, 12, 18, 26, 27, 37, 47, 48, 49, 61, 65, 66, 67, 75, 87, 92}) {
      data[at] = Float.NaN;
    }
    PoolOptions dilated = PoolOptions.of(2).stride(1).dilation(2);
    PoolOptions padded = PoolOptions.of(1, 2, 3).stride(2).padding(0, 1, 1);
    for (DType dtype : new DType[] {DType.F32, DType.F64, DType.F16}) {
      Tensor x = Tensor.tensor(data).view(2, 1, 6, 8).to(dtype);
      // All as PyTorch 2.13 gives them.
      assertIndices(
          "8 10 12 15 25 27 29 31 41 43 37 47 1 11 13 15 17 27 29 31 41 43 44 39",
          Pooling.maxPool(x, 2, PoolOptions.of(2)));
      assertIndices(
          "8 10 12 15 8 27 27 31 41 27 37 47 1 1 13 13 17 27 27 13 41 27 44 39",
          Pooling.maxPool(x, 2, PoolOptions.of(3).stride(2).padding(1)));
      assertIndices(
          "18 19 18 21 22 23 26 27 26 27 12 31 18 35 18 37 38 37 26 27 26 27 46 47 18 19 18 19 22"
              + " 23 26 27 28 27 30 13 18 19 18 19 38 39 42 27 44 27 44 47",
          Pooling.maxPool(x, 2, dilated));
      assertIndices(
          "0 3 5 7 8 18 12 23 33 27 37 37 41 43 45 47 1 1 5 7 17 19 19 13 33 27 27 39 41 43 44 47",
          Pooling.maxPool(x, 3, padded));
    }
  }

  private static void assertIndices(String expected, ValuesIndices actual) {
    long[] numbers = Arrays.stream(expected.split(" ")).mapToLong(Long::parseLong).toArray();
    assertArrayEquals(numbers, actual.indices().longArray());
  }

  @Test
  void mistakesAreNamed() {
    assertThrows(ShapeException.class, () -> new MaxPool2d(2).call(Tensor.zeros(4)));
    assertThrows(
        ShapeException.class, () -> new MaxUnpool2d(2).call(Tensor.zeros(1), Tensor.zeros(1)));
  }
}
