package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.io.CifarFile;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10: 60,000 photographs of 32x32 pixels, read from a folder with its binary version.
 *
 * <p>Source: A. Krizhevsky, 2009. Sets are images, {@code f32} [N, 3, 32, 32] in [0, 1], and
 * labels, {@code i64} [N].
 */
public final class Cifar10 {
  /** What the labels mean. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final float BRIGHTEST = 255;
  private static final int TRAIN_FILES = 5;

  private Cifar10() {}

  /**
   * The samples of {@code data_batch_1.bin} to {@code data_batch_5.bin}.
   *
   * @throws io.gradus.tensor.error.FormatException if a file is malformed
   * @throws InvalidArgumentException if a file is not there
   */
  public static TensorDataset train(Path folder) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= TRAIN_FILES; i++) {
      names.add("data_batch_" + i + ".bin");
    }
    return read(folder, names);
  }

  /** The samples of {@code test_batch.bin}; errors as {@link #train}. */
  public static TensorDataset test(Path folder) {
    return read(folder, List.of("test_batch.bin"));
  }

  private static TensorDataset read(Path folder, List<String> names) {
    for (String name : names) {
      if (!Files.exists(folder.resolve(name))) {
        throw new InvalidArgumentException(
            "[Cifar10] there is no %s in %s; unpack the binary version there"
                .formatted(name, folder));
      }
    }
    List<CifarFile> files =
        names.stream().map(n -> CifarFile.read(folder.resolve(n), CLASSES.size())).toList();
    Tensor images = Tensor.cat(files.stream().map(CifarFile::images).toList(), 0);
    Tensor labels = Tensor.cat(files.stream().map(CifarFile::labels).toList(), 0);
    return new TensorDataset(images.to(DType.F32).div(BRIGHTEST), labels);
  }
}
