package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.gradus.Tensor;
import org.junit.jupiter.api.Test;

class ScatterOverlapTest {
  @Test
  void positionsMayLieWhereTheResultGoes() {
    Tensor t = Tensor.tensor(new long[] {2, 0, 1});
    t.scatter_(0, t, Tensor.tensor(new long[] {10, 20, 30}));
    assertArrayEquals(new long[] {20, 30, 10}, t.longArray());
  }

  @Test
  void theSourceMayLieWhereTheResultGoes() {
    Tensor t = Tensor.tensor(new double[] {1, 2, 3});
    t.scatter_(0, Tensor.tensor(new long[] {1, 2, 0}), t);
    assertArrayEquals(new double[] {3, 1, 2}, t.doubleArray());
  }
}
