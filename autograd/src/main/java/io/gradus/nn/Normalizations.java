package io.gradus.nn;

import io.gradus.Autograd;
import io.gradus.RoundingMode;
import io.gradus.SpreadMean;
import io.gradus.Tensor;
import io.gradus.exec.LayerNorm;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code (x - mean) / sqrt(var + eps)} over different groups of elements; f16 and bf16 are computed
 * in f32.
 */
public final class Normalizations {
  /**
   * What was computed.
   *
   * @param output the normalised input
   * @param mean of each group
   * @param rstd 1 over the standard deviation of each group
   */
  public record Normalized(Tensor output, Tensor mean, Tensor rstd) {}

  private Normalizations() {}

  /**
   * Normalises over the last dimensions.
   *
   * @param shape sizes of these dimensions
   * @param weight factor of that shape, null for 1
   * @param bias summand of that shape, null for 0
   */
  public static Tensor layerNorm(
      Tensor input, long[] shape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    if (weight != null
        && bias != null
        && input.numel() > 0
        && (input.dtype() == DType.F32 || input.dtype() == DType.F64)
        && weight.dtype() == input.dtype()
        && bias.dtype() == input.dtype()) {
      checkTail("layer_norm", input, shape, weight, bias);
      return LayerNorm.layerNorm(input, weight, bias, eps);
    }
    return layerNormWithStatistics(input, shape, weight, bias, eps).output();
  }

  /** {@link #layerNorm} with its means and deviations, [*, 1, …]. */
  public static Normalized layerNormWithStatistics(
      Tensor input, long[] shape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    checkTail("layer_norm", input, shape, weight, bias);
    Precision.checkMixed("layer_norm", input, weight, bias);
    Normalized n = normalized(Precision.wide(input), tail(shape), eps);
    return new Normalized(
        affine(n.output(), weight, bias).to(input.dtype()),
        n.mean().to(input.dtype()),
        n.rstd().to(input.dtype()));
  }

  /**
   * {@code x / sqrt(mean(x²) + eps)} over the last dimensions.
   *
   * @param weight factor of the shape of these dimensions, null for 1
   * @param eps null for the spacing of numbers at 1 in the dtype that is computed with
   */
  public static Tensor rmsNorm(
      Tensor input, long[] shape, @Nullable Tensor weight, @Nullable Double eps) {
    checkTail("rms_norm", input, shape, weight, null);
    Tensor x = Precision.wide(input);
    double least = eps != null ? eps : x.dtype() == DType.F64 ? Math.ulp(1.0) : Math.ulp(1f);
    Tensor scale = x.square().mean(tail(shape), true).add(least).rsqrt();
    return affine(x.mul(scale), weight, null).to(input.dtype());
  }

  /**
   * Normalises groups of channels of each sample.
   *
   * @param input [n, channels, …]
   * @param groups divides the channels
   * @param weight factor of each channel, null for 1
   * @param bias summand of each channel, null for 0
   */
  public static Tensor groupNorm(
      Tensor input, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return groupNormWithStatistics(input, groups, weight, bias, eps).output();
  }

  /** {@link #groupNorm} with its means and deviations, [n, groups]. */
  public static Normalized groupNormWithStatistics(
      Tensor input, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    if (input.dim() < 2) {
      throw new ShapeException(
          "[group_norm] Expected at least 2 dimensions for input tensor but received "
              + input.dim());
    }
    if (groups < 1 || input.size(1) % groups != 0) {
      throw new ShapeException(
          "[group_norm] Expected number of channels in input to be divisible by num_groups, but got input of shape %s and num_groups=%d"
              .formatted(input.shape(), groups));
    }
    checkChannels("group_norm", "weight", weight, input);
    checkChannels("group_norm", "bias", bias, input);
    Precision.checkMixed("group_norm", input, weight, bias);
    long n = input.size(0);
    long each = n == 0 ? 1 : Math.max(1, input.numel() / n / groups);
    Normalized done =
        normalized(
            Precision.wide(input).reshape(n, groups, input.numel() == 0 ? 0 : each),
            new int[] {2},
            eps);
    Tensor out = done.output().reshape(input.shape().toArray());
    return new Normalized(
        affine(out, channels(weight, input), channels(bias, input)).to(input.dtype()),
        done.mean().squeeze(2).to(input.dtype()),
        done.rstd().squeeze(2).to(input.dtype()));
  }

  /**
   * Normalises each channel over samples and positions; in training with the statistics of the
   * input, else with the running ones.
   *
   * @param input [n, channels, …]
   * @param runningMean [channels], updated in training; may be null only there
   * @param runningVar [channels], updated with the unbiased variance in training
   * @param weight factor of each channel, null for 1
   * @param bias summand of each channel, null for 0
   * @param momentum share of the new statistics in the running ones
   */
  public static Tensor batchNorm(
      Tensor input,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    return batchNormWithStatistics(
            input, runningMean, runningVar, weight, bias, training, momentum, eps)
        .output();
  }

  /** {@link #batchNorm} with its means and deviations, [channels]; empty outside of training. */
  public static Normalized batchNormWithStatistics(
      Tensor input,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    checkChannels("batch_norm", "running_mean", runningMean, input);
    checkChannels("batch_norm", "running_var", runningVar, input);
    checkChannels("batch_norm", "weight", weight, input);
    checkChannels("batch_norm", "bias", bias, input);
    Precision.checkMixed("batch_norm", input, weight, bias, runningMean, runningVar);
    Tensor x = Precision.wide(input);
    if (!training) {
      Tensor none = Tensor.zeros(0).to(input.dtype());
      Tensor out = fixed("batch_norm", x, runningMean, runningVar, eps);
      return new Normalized(finish(out, weight, bias, input), none, none);
    }
    if (input.numel() == 0) {
      Tensor none = Tensor.zeros(channelCount(input)).to(input.dtype());
      return new Normalized(finish(x.mul(1), weight, bias, input), none, none);
    }
    if (input.numel() == channelCount(input)) {
      throw new InvalidArgumentException(
          "[batch_norm] Expected more than 1 value per channel when training, got input size "
              + input.shape());
    }
    int[] dims = new int[input.dim() - 1];
    for (int d = 1; d < dims.length; d++) {
      dims[d] = d + 1;
    }
    Normalized done = normalized(x, dims, eps, stored(input, runningMean, weight));
    track(x, dims, runningMean, runningVar, momentum);
    return new Normalized(
        finish(done.output(), weight, bias, input),
        done.mean().flatten().to(input.dtype()),
        done.rstd().flatten().to(input.dtype()));
  }

  /**
   * Normalises each channel of each sample over its positions.
   *
   * @param input [n, channels, …]
   * @param runningMean [channels], null for none; updated if the statistics of the input are used
   * @param useInputStats false to normalise with the running statistics
   */
  public static Tensor instanceNorm(
      Tensor input,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean useInputStats,
      double momentum,
      double eps) {
    checkChannels("instance_norm", "running_mean", runningMean, input);
    checkChannels("instance_norm", "running_var", runningVar, input);
    checkChannels("instance_norm", "weight", weight, input);
    checkChannels("instance_norm", "bias", bias, input);
    Precision.checkMixed("instance_norm", input, weight, bias);
    Tensor x = Precision.wide(input);
    if (!useInputStats) {
      return finish(fixed("instance_norm", x, runningMean, runningVar, eps), weight, bias, input);
    }
    if (input.dim() < 3 || input.numel() == input.size(0) * input.size(1)) {
      throw new InvalidArgumentException(
          "[instance_norm] Expected more than 1 spatial element when training, got input size "
              + input.shape());
    }
    int[] dims = new int[input.dim() - 2];
    for (int d = 0; d < dims.length; d++) {
      dims[d] = d + 2;
    }
    Tensor out = normalized(x, dims, eps, stored(input, runningMean, weight)).output();
    track(x, dims, runningMean, runningVar, momentum);
    return finish(out, weight, bias, input);
  }

  /**
   * {@code x / (k + alpha · mean of x² over the neighbouring channels)^beta}.
   *
   * @param input [n, channels, positions, …]
   * @param size how many channels count as neighbours, the channel itself included
   */
  public static Tensor localResponseNorm(
      Tensor input, int size, double alpha, double beta, double k) {
    if (input.dim() < 3) {
      throw new ShapeException(
          "[local_response_norm] Expected 3D or higher dimensionality input (got %d dimensions)"
              .formatted(input.dim()));
    }
    if (size < 1) {
      throw new InvalidArgumentException(
          "[local_response_norm] size must be positive, but got %d; 1 is the channel itself"
              .formatted(size));
    }
    if (input.numel() == 0) {
      return input;
    }
    // Channels that are not there add nothing: there is no need to pad with more than there are.
    long[] pad = new long[2 * (input.dim() - 1)];
    long before = Math.min(size / 2, input.size(1) - 1);
    long after = Math.min((size - 1L) / 2, input.size(1) - 1);
    pad[pad.length - 2] = before;
    pad[pad.length - 1] = after;
    Tensor squares = Rearrangements.pad(input.square(), pad, "constant", 0.0);
    Tensor sums = squares.unfold(1, before + 1 + after, 1).sum(-1);
    Tensor means = input.dtype().isFloating() ? sums.div(size) : sums.div(size, RoundingMode.TRUNC);
    return input.div(means.mul(alpha).add(k).pow(beta));
  }

  /** The dtype that PyTorch keeps the statistics of batches in, and so rounds them to. */
  private static DType stored(Tensor input, @Nullable Tensor running, @Nullable Tensor weight) {
    return weight != null ? weight.dtype() : running != null ? running.dtype() : input.dtype();
  }

  private static Normalized normalized(Tensor x, int[] dims, double eps) {
    return normalized(x, dims, eps, x.dtype());
  }

  private static Normalized normalized(Tensor x, int[] dims, double eps, DType stored) {
    if (x.numel() == 0) {
      Tensor none = x.sum(dims, true);
      return new Normalized(x.mul(1), none, none);
    }
    SpreadMean both = x.varMean(dims, 0, true);
    Tensor mean = Precision.through(both.mean(), stored);
    Tensor spread = both.spread();
    if (stored == DType.BF16) {
      // So does PyTorch, for bf16 only.
      double each = (double) x.numel() / spread.numel();
      Tensor squares = Precision.through(spread.mul(each), stored);
      spread = Precision.through(squares.div(each), stored);
    }
    Tensor rstd = Precision.through(spread.add(eps).rsqrt(), stored);
    return new Normalized(x.sub(mean).mul(rstd), mean, rstd);
  }

  private static Tensor fixed(
      String name, Tensor x, @Nullable Tensor mean, @Nullable Tensor var, double eps) {
    if (mean == null || var == null) {
      throw new InvalidArgumentException(
          "[%s] Expected running_mean and running_var to be defined when training=False"
              .formatted(name));
    }
    Tensor scale = Precision.wide(var).add(eps).rsqrt();
    return x.sub(along(Precision.wide(mean), x)).mul(along(scale, x));
  }

  /** Statistics of each sample, if kept apart, count as their average. */
  private static void track(
      Tensor x, int[] dims, @Nullable Tensor mean, @Nullable Tensor var, double momentum) {
    if (mean == null && var == null) {
      return;
    }
    Autograd.noGrad(
        () -> {
          SpreadMean now = x.detach().varMean(dims, 1, true);
          if (mean != null) {
            update(mean, now.mean(), momentum);
          }
          if (var != null) {
            update(var, now.spread(), momentum);
          }
        });
  }

  private static void update(Tensor running, Tensor now, double momentum) {
    Tensor each = now.reshape(-1, running.numel()).mean(new int[] {0}, false);
    running.copy_(Precision.wide(running).mul(1 - momentum).add(each.mul(momentum)));
  }

  private static Tensor finish(
      Tensor out, @Nullable Tensor weight, @Nullable Tensor bias, Tensor input) {
    return affine(out, channels(weight, input), channels(bias, input)).to(input.dtype());
  }

  private static Tensor affine(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    Tensor scaled = weight == null ? x : x.mul(weight.to(x.dtype()));
    return bias == null ? scaled : scaled.add(bias.to(x.dtype()));
  }

  private static int[] tail(long[] shape) {
    int[] dims = new int[shape.length];
    for (int d = 0; d < dims.length; d++) {
      dims[d] = d - dims.length;
    }
    return dims;
  }

  private static @Nullable Tensor channels(@Nullable Tensor each, Tensor input) {
    return each == null ? null : along(each, input);
  }

  private static Tensor along(Tensor each, Tensor input) {
    if (input.dim() < 2) {
      return each;
    }
    long[] shape = new long[input.dim()];
    Arrays.fill(shape, 1);
    shape[1] = each.numel();
    return each.reshape(shape);
  }

  private static long channelCount(Tensor input) {
    return input.dim() < 2 ? input.numel() : input.size(1);
  }

  private static void checkChannels(String name, String what, @Nullable Tensor each, Tensor input) {
    if (each != null && each.numel() != channelCount(input)) {
      throw new ShapeException(
          "[%s] %s should contain %d elements not %d"
              .formatted(name, what, channelCount(input), each.numel()));
    }
    if (each != null && each.device() != input.device()) {
      throw DeviceException.different(name, input.device().name(), each.device().name());
    }
  }

  private static void checkTail(
      String name, Tensor input, long[] shape, @Nullable Tensor weight, @Nullable Tensor bias) {
    String text = Arrays.toString(shape);
    if (shape.length == 0) {
      throw new ShapeException(
          "[%s] Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []"
              .formatted(name));
    }
    long[] sizes = input.shape().toArray();
    int lead = sizes.length - shape.length;
    if (lead < 0 || !Arrays.equals(sizes, lead, sizes.length, shape, 0, shape.length)) {
      throw new ShapeException(
          "[%s] Given normalized_shape=%s, expected input with shape [*, %s, but got input of size%s"
              .formatted(name, text, text.substring(1), input.shape()));
    }
    checkShape(name, "weight", weight, shape);
    checkShape(name, "bias", bias, shape);
  }

  private static void checkShape(String name, String what, @Nullable Tensor given, long[] shape) {
    if (given != null && !Arrays.equals(given.shape().toArray(), shape)) {
      throw new ShapeException(
          "[%s] Expected %s to be of same shape as normalized_shape, but got %s of shape %s and normalized_shape = %s"
              .formatted(name, what, what, given.shape(), Arrays.toString(shape)));
    }
  }
}
