package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import io.gradus.nn.ConvOptions;
import io.gradus.nn.Convolutions;

/** Convolutions with all their gradients. */
final class ConvolutionRows {
  private ConvolutionRows() {}

  static Work prepare(Row row) {
    int batch = row.size(0);
    int channels = row.size(1);
    int outputs = row.size(2);
    int side = row.size(3);
    int window = row.size(4);
    int stride = row.size(5);
    int places = (side - 1) / stride + 1;
    Tensor x = Normal.of(1, batch, channels, side, side).requiresGrad_();
    Tensor weight = Normal.of(2, outputs, channels, window, window).requiresGrad_();
    Tensor bias = Normal.of(3, outputs).requiresGrad_();
    Tensor gradient = Normal.of(4, batch, outputs, places, places);
    ConvOptions how = ConvOptions.DEFAULT.stride(stride).padding(window / 2);
    return () -> {
      x.setGrad(null);
      weight.setGrad(null);
      bias.setGrad(null);
      Convolutions.conv2d(x, weight, bias, how).backward(gradient);
      return x;
    };
  }
}
