package io.gradus.data;

import io.gradus.data.RemoteFiles.RemoteFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * MNIST: 70,000 handwritten digits of 28x28 pixels, read from a folder with its four files (gzipped
 * or not).
 *
 * <p>Source: Y. LeCun, C. Cortes, C. J. C. Burges; CC BY-SA 3.0. Sets are images, {@code f32} [N,
 * 1, 28, 28] in [0, 1], and labels, {@code i64} [N].
 */
public final class Mnist {
  private static final RemoteFiles REMOTE =
      new RemoteFiles(
          "gradus.mnist.url",
          List.of(
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
          List.of(
              new RemoteFile(
                  "train-images-idx3-ubyte.gz",
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                  9_912_422),
              new RemoteFile(
                  "train-labels-idx1-ubyte.gz",
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                  28_881),
              new RemoteFile(
                  "t10k-images-idx3-ubyte.gz",
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                  1_648_877),
              new RemoteFile(
                  "t10k-labels-idx1-ubyte.gz",
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                  4_542)));

  private Mnist() {}

  /**
   * Downloads what a folder lacks of the four files, about 11 MB, and checks SHA-256 of what comes;
   * files that are there are left alone. A call after an interrupted one goes on where it ended.
   * {@code -Dgradus.mnist.url=https://…} names another place than the publishers' servers.
   *
   * @return the folder
   * @throws DownloadException if a file cannot be had
   */
  public static Path download(Path folder) {
    REMOTE.download(folder, null);
    return folder;
  }

  /** {@link #download(Path)} from a place of your own, which holds the four files. */
  public static Path download(Path folder, URI place) {
    REMOTE.download(folder, place);
    return folder;
  }

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
