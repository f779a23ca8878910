package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.io.Idx;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The four files of MNIST and of the sets that have its shape. */
final class IdxImages {
  private static final float BRIGHTEST = 255;
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  private IdxImages() {}

  static TensorDataset read(String name, Path folder, String part) {
    Tensor images = Idx.read(file(name, folder, part + "-images-idx3-ubyte"));
    Tensor labels = Idx.read(file(name, folder, part + "-labels-idx1-ubyte"));
    if (images.dtype() != DType.U8
        || images.dim() != 3
        || images.size(1) != SIDE
        || images.size(2) != SIDE) {
      throw new FormatException(
          "[%s] %s images are %s %s, expected u8 [N, 28, 28]"
              .formatted(name, part, images.dtype(), images.shape()));
    }
    if (labels.dtype() != DType.U8 || labels.dim() != 1 || labels.size(0) != images.size(0)) {
      throw new FormatException(
          "[%s] %s labels are %s %s, expected u8 [%d]"
              .formatted(name, part, labels.dtype(), labels.shape(), images.size(0)));
    }
    long largest = Arrays.stream(labels.longArray()).max().orElse(0);
    if (largest >= CLASSES) {
      throw new FormatException(
          "[%s] %s labels go up to %d, expected 0 to 9".formatted(name, part, largest));
    }
    return new TensorDataset(
        images.to(DType.F32).div(BRIGHTEST).unsqueeze(1), labels.to(DType.I64));
  }

  private static Path file(String name, Path folder, String file) {
    for (String suffix : new String[] {"", ".gz"}) {
      for (String form : new String[] {file, file.replace("-idx", ".idx")}) {
        Path path = folder.resolve(form + suffix);
        if (Files.exists(path)) {
          return path;
        }
      }
    }
    throw new InvalidArgumentException(
        "[%s] there is no %s nor %s.gz in %s; call %s.download(folder), or put the four files of the data set there"
            .formatted(name, file, file, folder, name));
  }
}
