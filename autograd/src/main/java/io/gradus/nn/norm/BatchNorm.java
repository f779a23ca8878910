package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Normalizations;
import org.jspecify.annotations.Nullable;

/** Statistics over the samples of a batch; running ones in evaluation if they are kept. */
abstract sealed class BatchNorm extends ChannelNorm permits BatchNorm1d, BatchNorm2d, BatchNorm3d {
  BatchNorm(String name, int[] dims, long channels, NormOptions options, Options tensors) {
    super(name, dims, channels, options, tensors);
  }

  @Override
  public final Tensor forward(Tensor x) {
    checkDims(x);
    Tensor seen = isTraining() ? batches() : null;
    Tensor y =
        Normalizations.batchNorm(
            x,
            runningMean(),
            runningVar(),
            weight(),
            bias(),
            isTraining() || runningMean() == null,
            share(seen),
            options().eps());
    if (seen != null) {
      seen.add_(1);
    }
    return y;
  }

  /** The share of this batch in the running statistics. */
  private double share(@Nullable Tensor seen) {
    Double momentum = options().momentum();
    if (momentum != null) {
      return momentum;
    }
    return seen == null ? 0 : 1.0 / (seen.item().longValue() + 1);
  }
}
