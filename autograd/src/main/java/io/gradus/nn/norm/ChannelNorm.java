package io.gradus.nn.norm;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scale, shift and running statistics of channels.
 *
 * <p>{@code weight} and {@code bias} are [channels]; the buffers {@code running_mean}, {@code
 * running_var} [channels] and {@code num_batches_tracked} [] start at 0, 1 and 0.
 */
abstract sealed class ChannelNorm extends ScaleShift permits BatchNorm, InstanceNorm {
  private final String name;
  private final int[] dims;
  private final long channels;
  private final NormOptions options;
  private final @Nullable Tensor runningMean;
  private final @Nullable Tensor runningVar;
  private final @Nullable Tensor batches;

  ChannelNorm(String name, int[] dims, long channels, NormOptions options, Options tensors) {
    super(options.affine(), options.bias(), tensors, channels);
    this.name = name;
    this.dims = dims;
    this.channels = channels;
    this.options = options;
    if (options.trackRunningStats()) {
      runningMean = registerBuffer("running_mean", Tensor.zeros(tensors, channels), true);
      runningVar = registerBuffer("running_var", Tensor.ones(tensors, channels), true);
      batches =
          registerBuffer("num_batches_tracked", Tensor.zeros(tensors.withDtype(DType.I64)), true);
    } else {
      runningMean = null;
      runningVar = null;
      batches = null;
    }
  }

  @Override
  public final void resetParameters() {
    super.resetParameters();
    if (runningMean != null && runningVar != null && batches != null) {
      runningMean.zero_();
      runningVar.fill_(1);
      batches.zero_();
    }
  }

  /** The running means [channels]; null without. */
  public final @Nullable Tensor runningMean() {
    return runningMean;
  }

  /** The running variances [channels]; null without. */
  public final @Nullable Tensor runningVar() {
    return runningVar;
  }

  /** How many batches the running statistics have seen, []; null without. */
  final @Nullable Tensor batches() {
    return batches;
  }

  final NormOptions options() {
    return options;
  }

  final long channels() {
    return channels;
  }

  final String name() {
    return name;
  }

  final void checkDims(Tensor x) {
    if (Arrays.stream(dims).noneMatch(d -> d == x.dim())) {
      String expected = dims.length == 1 ? dims[0] + "D" : "%dD or %dD".formatted(dims[0], dims[1]);
      throw new ShapeException(
          "[%s] expected %s input (got %dD input): shape %s"
              .formatted(name, expected, x.dim(), x.shape()));
    }
  }

  @Override
  protected final String extraRepr() {
    return "%d, eps=%s, momentum=%s, affine=%s, track_running_stats=%s"
        .formatted(
            channels,
            options.eps(),
            options.momentum() == null ? "None" : options.momentum(),
            hasScale(),
            options.trackRunningStats() ? "True" : "False");
  }
}
