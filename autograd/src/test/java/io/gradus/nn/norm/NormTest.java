package io.gradus.nn.norm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import org.junit.jupiter.api.Test;

class NormTest {
  @Test
  void withoutMomentumTheRunningMeanIsThatOfAllBatches() {
    BatchNorm1d norm = new BatchNorm1d(1, NormOptions.BATCH.momentum(null));
    norm.call(Tensor.tensor(1f, 3f).view(2, 1));
    norm.call(Tensor.tensor(5f, 7f).view(2, 1));
    norm.call(Tensor.tensor(9f, 11f).view(2, 1));
    Tensor mean = norm.runningMean();
    assertNotNull(mean);
    assertArrayEquals(new float[] {6}, mean.floatArray(), 1e-5f);
    norm.resetParameters();
    assertArrayEquals(new float[] {0}, mean.floatArray());
    assertEquals(0, norm.stateDict().get("num_batches_tracked").item().longValue());
  }

  @Test
  void aRefusedBatchIsNotCounted() {
    BatchNorm2d norm = new BatchNorm2d(3);
    assertThrows(TensorException.class, () -> norm.call(Tensor.zeros(2, 4, 5, 5)));
    assertThrows(ShapeException.class, () -> norm.call(Tensor.zeros(2, 3, 5)));
    assertThrows(InvalidArgumentException.class, () -> norm.call(Tensor.zeros(1, 3, 1, 1)));
    assertEquals(0, norm.stateDict().get("num_batches_tracked").item().longValue());
    assertArrayEquals(new float[3], norm.stateDict().get("running_mean").floatArray());
  }

  @Test
  void evaluationUsesTheRunningStatistics() {
    BatchNorm1d norm = new BatchNorm1d(2, NormOptions.BATCH.affine(false).eps(0));
    norm.eval();
    Tensor x = Tensor.tensor(1f, 2f).view(1, 2);
    assertArrayEquals(x.floatArray(), norm.call(x).floatArray());
    assertEquals(0, norm.parameters().size());
  }

  @Test
  void asManyNeighboursAsThereAreNumbersAreAllChannels() {
    Tensor x = Tensor.randn(2, 3, 2, 2);
    Tensor all = x.square().sum(1, true);
    for (int size : new int[] {5, 6, Integer.MAX_VALUE}) {
      Tensor scale = all.mul(1e-4 / size).add(1).pow(-0.75);
      assertTrue(new CrossMapLRN2d(size).call(x).allclose(x.mul(scale)));
      assertTrue(new LocalResponseNorm(size).call(x).allclose(x.mul(scale)));
    }
    assertThrows(InvalidArgumentException.class, () -> new LocalResponseNorm(0).call(x));
  }

  @Test
  void mistakesAreNamed() {
    assertThrows(InvalidArgumentException.class, () -> new GroupNorm(3, 4));
    assertThrows(ShapeException.class, () -> new InstanceNorm2d(3).call(Tensor.zeros(4, 5)));
    InstanceNorm1d affine = new InstanceNorm1d(3, NormOptions.INSTANCE.affine(true));
    assertThrows(ShapeException.class, () -> affine.call(Tensor.zeros(2, 4, 5)));
    assertThrows(ShapeException.class, () -> new LayerNorm(4).call(Tensor.zeros(2, 5)));
    assertThrows(ShapeException.class, () -> new RMSNorm(4).call(Tensor.zeros(2, 5)));
  }
}
