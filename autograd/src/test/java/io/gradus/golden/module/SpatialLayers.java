package io.gradus.golden.module;

import io.gradus.Options;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.conv.Conv1d;
import io.gradus.nn.conv.Conv2d;
import io.gradus.nn.conv.Conv3d;
import io.gradus.nn.conv.ConvTranspose1d;
import io.gradus.nn.conv.ConvTranspose2d;
import io.gradus.nn.conv.ConvTranspose3d;
import io.gradus.nn.norm.BatchNorm1d;
import io.gradus.nn.norm.BatchNorm2d;
import io.gradus.nn.norm.BatchNorm3d;
import io.gradus.nn.norm.GroupNorm;
import io.gradus.nn.norm.InstanceNorm1d;
import io.gradus.nn.norm.InstanceNorm2d;
import io.gradus.nn.norm.InstanceNorm3d;
import io.gradus.nn.norm.LayerNorm;
import io.gradus.nn.norm.LocalResponseNorm;
import io.gradus.nn.norm.NormOptions;
import io.gradus.nn.norm.RMSNorm;
import io.gradus.nn.pool.AdaptiveAvgPool1d;
import io.gradus.nn.pool.AdaptiveAvgPool2d;
import io.gradus.nn.pool.AdaptiveAvgPool3d;
import io.gradus.nn.pool.AdaptiveMaxPool1d;
import io.gradus.nn.pool.AdaptiveMaxPool2d;
import io.gradus.nn.pool.AdaptiveMaxPool3d;
import io.gradus.nn.pool.AvgPool1d;
import io.gradus.nn.pool.AvgPool2d;
import io.gradus.nn.pool.AvgPool3d;
import io.gradus.nn.pool.LPPool1d;
import io.gradus.nn.pool.LPPool2d;
import io.gradus.nn.pool.LPPool3d;
import io.gradus.nn.pool.MaxPool1d;
import io.gradus.nn.pool.MaxPool2d;
import io.gradus.nn.pool.MaxPool3d;
import org.jspecify.annotations.Nullable;

/** Convolutions, pools and normalisations. */
final class SpatialLayers {
  private SpatialLayers() {}

  static @Nullable Made make(String name, Settings s) {
    if (name.contains("Conv")) {
      return convolution(name, s);
    }
    if (name.contains("Pool")) {
      return pool(name, s);
    }
    return name.contains("Norm") ? norm(name, s) : null;
  }

  private static Made convolution(String name, Settings s) {
    boolean transposed = name.contains("Transpose");
    ConvOptions options =
        ConvOptions.DEFAULT
            .stride(s.sizes(3, "stride", 1))
            .groups(s.whole(6, "groups", 1))
            .dilation(transposed ? s.sizes(8, "dilation", 1) : s.sizes(5, "dilation", 1));
    String padding = s.word(4, "padding", "");
    options =
        padding.equals("same") ? options.samePadding() : options.padding(s.sizes(4, "padding", 0));
    if (transposed) {
      options = options.outputPadding(s.sizes(5, "output_padding", 0));
    }
    long in = s.whole(0, "in_channels", 0);
    long out = s.whole(1, "out_channels", 0);
    long[] kernel = s.sizes(2, "kernel_size");
    boolean bias = s.flag(7, "bias", true);
    Options t = Options.DEFAULT;
    return Made.of(
        switch (name) {
          case "Conv1d" -> new Conv1d(in, out, kernel, options, bias, t);
          case "Conv2d" -> new Conv2d(in, out, kernel, options, bias, t);
          case "Conv3d" -> new Conv3d(in, out, kernel, options, bias, t);
          case "ConvTranspose1d" -> new ConvTranspose1d(in, out, kernel, options, bias, t);
          case "ConvTranspose2d" -> new ConvTranspose2d(in, out, kernel, options, bias, t);
          case "ConvTranspose3d" -> new ConvTranspose3d(in, out, kernel, options, bias, t);
          default -> throw new IllegalArgumentException("no convolution " + name);
        });
  }

  private static PoolOptions windows(Settings s, int kernel, int ceilMode) {
    PoolOptions options =
        PoolOptions.of(s.sizes(kernel, "kernel_size"))
            .ceilMode(s.flag(ceilMode, "ceil_mode", false));
    long[] stride = s.sizes(kernel + 1, "stride");
    return stride.length == 0 ? options : options.stride(stride);
  }

  private static Made pool(String name, Settings s) {
    if (name.startsWith("Adaptive")) {
      return adaptive(name, s.sizes(0, "output_size"), s.flag(1, "return_indices", false));
    }
    if (name.startsWith("LP")) {
      PoolOptions options = windows(s, 1, 3);
      double p = s.real(0, "norm_type", 2);
      return Made.of(
          switch (name) {
            case "LPPool1d" -> new LPPool1d(p, options);
            case "LPPool2d" -> new LPPool2d(p, options);
            case "LPPool3d" -> new LPPool3d(p, options);
            default -> throw new IllegalArgumentException("no pool " + name);
          });
    }
    if (name.startsWith("Avg")) {
      long divisor = s.whole(5, "divisor_override", 0);
      PoolOptions options =
          windows(s, 0, 3)
              .padding(s.sizes(2, "padding", 0))
              .countIncludePad(s.flag(4, "count_include_pad", true))
              .divisorOverride(divisor == 0 ? null : divisor);
      return Made.of(
          switch (name) {
            case "AvgPool1d" -> new AvgPool1d(options);
            case "AvgPool2d" -> new AvgPool2d(options);
            case "AvgPool3d" -> new AvgPool3d(options);
            default -> throw new IllegalArgumentException("no pool " + name);
          });
    }
    PoolOptions options =
        windows(s, 0, 5).padding(s.sizes(2, "padding", 0)).dilation(s.sizes(3, "dilation", 1));
    boolean indices = s.flag(4, "return_indices", false);
    return switch (name) {
      case "MaxPool1d" -> {
        MaxPool1d m = new MaxPool1d(options);
        yield Made.of(m, indices, a -> m.forwardWithIndices(a.tensor(0, "input")));
      }
      case "MaxPool2d" -> {
        MaxPool2d m = new MaxPool2d(options);
        yield Made.of(m, indices, a -> m.forwardWithIndices(a.tensor(0, "input")));
      }
      case "MaxPool3d" -> {
        MaxPool3d m = new MaxPool3d(options);
        yield Made.of(m, indices, a -> m.forwardWithIndices(a.tensor(0, "input")));
      }
      default -> throw new IllegalArgumentException("no pool " + name);
    };
  }

  private static Made adaptive(String name, long[] size, boolean indices) {
    return switch (name) {
      case "AdaptiveAvgPool1d" -> Made.of(new AdaptiveAvgPool1d(size));
      case "AdaptiveAvgPool2d" -> Made.of(new AdaptiveAvgPool2d(size));
      case "AdaptiveAvgPool3d" -> Made.of(new AdaptiveAvgPool3d(size));
      case "AdaptiveMaxPool1d" -> {
        AdaptiveMaxPool1d m = new AdaptiveMaxPool1d(size);
        yield Made.of(m, indices, a -> m.forwardWithIndices(a.tensor(0, "input")));
      }
      case "AdaptiveMaxPool2d" -> {
        AdaptiveMaxPool2d m = new AdaptiveMaxPool2d(size);
        yield Made.of(m, indices, a -> m.forwardWithIndices(a.tensor(0, "input")));
      }
      case "AdaptiveMaxPool3d" -> {
        AdaptiveMaxPool3d m = new AdaptiveMaxPool3d(size);
        yield Made.of(m, indices, a -> m.forwardWithIndices(a.tensor(0, "input")));
      }
      default -> throw new IllegalArgumentException("no pool " + name);
    };
  }

  private static Made norm(String name, Settings s) {
    long channels = s.whole(0, "num_features", 0);
    boolean batch = name.startsWith("Batch");
    NormOptions options =
        new NormOptions(
            s.real(1, "eps", 1e-5),
            s.all().has(2, "momentum") && s.all().get(2, "momentum") == null
                ? null
                : (Double) s.real(2, "momentum", 0.1),
            s.flag(3, "affine", batch),
            s.flag("bias", true),
            s.flag(4, "track_running_stats", batch));
    Options t = Options.DEFAULT;
    return Made.of(
        switch (name) {
          case "BatchNorm1d" -> new BatchNorm1d(channels, options);
          case "BatchNorm2d" -> new BatchNorm2d(channels, options);
          case "BatchNorm3d" -> new BatchNorm3d(channels, options);
          case "InstanceNorm1d" -> new InstanceNorm1d(channels, options);
          case "InstanceNorm2d" -> new InstanceNorm2d(channels, options);
          case "InstanceNorm3d" -> new InstanceNorm3d(channels, options);
          case "LayerNorm" ->
              new LayerNorm(
                  s.sizes(0, "normalized_shape"),
                  s.real(1, "eps", 1e-5),
                  s.flag(2, "elementwise_affine", true),
                  s.flag(3, "bias", true),
                  t);
          case "RMSNorm" ->
              new RMSNorm(
                  s.sizes(0, "normalized_shape"),
                  s.all().get(1, "eps") instanceof Double e ? e : null,
                  s.flag(2, "elementwise_affine", true),
                  t);
          case "GroupNorm" ->
              new GroupNorm(
                  s.small(0, "num_groups", 1),
                  s.whole(1, "num_channels", 1),
                  s.real(2, "eps", 1e-5),
                  s.flag(3, "affine", true),
                  s.flag("bias", true),
                  t);
          case "LocalResponseNorm" ->
              new LocalResponseNorm(
                  s.small(0, "size", 1),
                  s.real(1, "alpha", 1e-4),
                  s.real(2, "beta", 0.75),
                  s.real(3, "k", 1));
          default -> throw new IllegalArgumentException("no normalisation " + name);
        });
  }
}
