package io.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AveragedModelTest {
  /** One parameter, a floating buffer and a count. */
  private static final class Scale extends Layer {
    final Parameter w = register("w", new Parameter(Tensor.tensor(1.0, 2.0)));
    final Tensor running = registerBuffer("running", Tensor.zeros(1), true);
    final Tensor count = registerBuffer("count", Tensor.tensor(0L), true);

    void set(double value) {
      w.detach().fill_(value);
      running.fill_(value);
      count.fill_(value);
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.mul(w);
    }
  }

  private final Scale source = new Scale();

  @Test
  void equalSharesAreTheMean() {
    var average = new AveragedModel<>(source, new Scale(), Averaging.equal());
    for (double value : new double[] {1, 2, 6}) {
      source.set(value);
      average.update();
    }
    assertArrayEquals(new double[] {3, 3}, average.module().w.doubleArray(), 1e-12);
    assertArrayEquals(new float[] {6}, average.module().running.floatArray());
    assertEquals(3, average.updates());
    assertFalse(average.module().w.requiresGrad());
    assertTrue(source.w.requiresGrad());
  }

  @Test
  void exponentialSharesDecay() {
    var average = new AveragedModel<>(source, new Scale(), Averaging.exponential(0.75), true);
    for (double value : new double[] {4, 8, 0}) {
      source.set(value);
      average.update();
    }
    assertArrayEquals(new double[] {3.75, 3.75}, average.module().w.doubleArray(), 1e-12);
    assertArrayEquals(new float[] {3.75f}, average.module().running.floatArray(), 1e-6f);
    assertEquals(0, average.module().count.item().longValue());
  }

  @Test
  void theStateHasPyTorchsNamesAndCanBeLoaded() {
    var average = new AveragedModel<>(source, new Scale(), Averaging.equal());
    source.set(2);
    average.update();
    assertEquals(
        Set.of("n_averaged", "module.w", "module.running", "module.count"),
        average.stateDict().keySet());
    var other = new AveragedModel<>(source, new Scale(), Averaging.equal());
    other.loadStateDict(average.stateDict());
    source.set(4);
    other.update();
    assertArrayEquals(new double[] {3, 3}, other.module().w.doubleArray(), 1e-12);
  }

  @Test
  void whatCannotBeAveragedIsRefused() {
    assertThrows(InvalidArgumentException.class, () -> Averaging.exponential(1.1));
    assertThrows(
        InvalidArgumentException.class,
        () -> new AveragedModel<>(source, source, Averaging.equal()));
    assertThrows(
        FormatException.class,
        () -> new AveragedModel<>(new Linear(2, 3), new Linear(3, 2), Averaging.equal()));
  }

  /** Stands for a normalisation: the statistics are found by the names of the buffers. */
  private static final class BatchNormLike extends Layer {
    final Tensor mean = registerBuffer("running_mean", Tensor.zeros(2), true);
    final Tensor variance = registerBuffer("running_var", Tensor.ones(2), true);
    final Tensor batches = registerBuffer("num_batches_tracked", Tensor.tensor(7L), true);

    @Override
    public String typeName() {
      return "BatchNorm1d";
    }

    @Override
    public Tensor forward(Tensor x) {
      return x;
    }
  }

  /** Numbers from PyTorch 2.13's update_bn. */
  @Test
  void batchStatisticsAreMeansOverBatches() {
    BatchNormLike norm = new BatchNormLike();
    Sequential model = new Sequential(norm);
    model.eval();
    AveragedModel.updateBatchNorm(
        model,
        List.of(
            Tensor.tensor(1f, 2f, 3f, 5f, 4f, 4f).view(3, 2),
            Tensor.tensor(0f, -2f, 2f, 1.5f).view(2, 2)));
    assertArrayEquals(new float[] {1.8333333f, 1.7083333f}, norm.mean.floatArray(), 1e-6f);
    assertArrayEquals(new float[] {2.1666667f, 4.2291665f}, norm.variance.floatArray(), 1e-6f);
    assertEquals(2, norm.batches.item().longValue());
    assertFalse(model.isTraining());
  }
}
