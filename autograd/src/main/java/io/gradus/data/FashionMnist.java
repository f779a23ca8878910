package io.gradus.data;

import java.nio.file.Path;

/**
 * Fashion-MNIST: 70,000 pictures of clothes of 28x28 pixels, read from a folder with its four files
 * (gzipped or not).
 *
 * <p>Source: H. Xiao, K. Rasul, R. Vollgraf, 2017; MIT. Sets are images, {@code f32} [N, 1, 28, 28]
 * in [0, 1], and labels, {@code i64} [N].
 */
public final class FashionMnist {
  /** What the labels mean. */
  public static final java.util.List<String> CLASSES =
      java.util.List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist() {}

  /**
   * The 60,000 samples for training.
   *
   * @throws io.gradus.tensor.error.FormatException if a file is malformed
   * @throws io.gradus.tensor.error.InvalidArgumentException if a file is not there
   */
  public static TensorDataset train(Path folder) {
    return IdxImages.read("FashionMnist", folder, "train");
  }

  /** The 10,000 samples for testing; errors as {@link #train}. */
  public static TensorDataset test(Path folder) {
    return IdxImages.read("FashionMnist", folder, "t10k");
  }
}
