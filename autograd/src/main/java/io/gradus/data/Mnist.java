package io.gradus.data;

import java.nio.file.Path;

/**
 * MNIST: 70,000 handwritten digits of 28x28 pixels, read from a folder with its four files (gzipped
 * or not).
 *
 * <p>Source: Y. LeCun, C. Cortes, C. J. C. Burges; CC BY-SA 3.0. Sets are images, {@code f32} [N,
 * 1, 28, 28] in [0, 1], and labels, {@code i64} [N].
 */
public final class Mnist {

  private Mnist() {}

  /**
   * The 60,000 samples for training.
   *
   * @throws io.gradus.tensor.error.FormatException if a file is malformed
   * @throws io.gradus.tensor.error.InvalidArgumentException if a file is not there
   */
  public static TensorDataset train(Path folder) {
    return IdxImages.read("Mnist", folder, "train");
  }

  /** The 10,000 samples for testing; errors as {@link #train}. */
  public static TensorDataset test(Path folder) {
    return IdxImages.read("Mnist", folder, "t10k");
  }
}
