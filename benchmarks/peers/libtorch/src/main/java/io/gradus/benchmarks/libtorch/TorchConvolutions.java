package io.gradus.benchmarks.libtorch;

import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.Row;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Convolutions with all their gradients. */
final class TorchConvolutions {
  private static final long[] ONE = {1, 1};

  private TorchConvolutions() {}

  static Work prepare(Row row) {
    int batch = row.size(0);
    int outputs = row.size(2);
    int side = row.size(3);
    int window = row.size(4);
    long[] stride = {row.size(5), row.size(5)};
    long[] padding = {window / 2, window / 2};
    int places = (side - 1) / row.size(5) + 1;
    Tensor x = Tensors.leaf(Tensors.normal(1, batch, row.size(1), side, side));
    Tensor weight = Tensors.leaf(Tensors.normal(2, outputs, row.size(1), window, window));
    Tensor bias = Tensors.leaf(Tensors.normal(3, outputs));
    TensorOptional b = new TensorOptional(bias);
    Tensor gradient = Tensors.normal(4, batch, outputs, places, places);
    return () -> {
      Tensors.dropGradient(x);
      Tensors.dropGradient(weight);
      Tensors.dropGradient(bias);
      try (Tensor y = torch.conv2d(x, weight, b, stride, padding, ONE, 1)) {
        Tensors.backward(y, gradient);
      }
      return x;
    };
  }
}
