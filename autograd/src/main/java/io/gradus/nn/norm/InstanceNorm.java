package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.nn.Normalizations;
import io.gradus.tensor.error.ShapeException;

/** Statistics of each sample by itself; running ones in evaluation if they are kept. */
abstract sealed class InstanceNorm extends ChannelNorm
    permits InstanceNorm1d, InstanceNorm2d, InstanceNorm3d {
  private final int unbatched;

  InstanceNorm(String name, int[] dims, long channels, NormOptions options, Options tensors) {
    super(name, dims, channels, options, tensors);
    this.unbatched = dims[0];
  }

  @Override
  public final Tensor forward(Tensor x) {
    checkDims(x);
    boolean single = x.dim() == unbatched;
    long found = x.size(single ? 0 : 1);
    if ((options().affine() || options().trackRunningStats()) && found != channels()) {
      throw new ShapeException(
          "[%s] expected input's size at dim=%d to match num_features (%d), but got: %d"
              .formatted(name(), single ? 0 : 1, channels(), found));
    }
    Double momentum = options().momentum();
    Tensor y =
        Normalizations.instanceNorm(
            single ? x.unsqueeze(0) : x,
            runningMean(),
            runningVar(),
            weight(),
            bias(),
            isTraining() || runningMean() == null,
            momentum == null ? 0 : momentum,
            options().eps());
    return single ? y.squeeze(0) : y;
  }
}
