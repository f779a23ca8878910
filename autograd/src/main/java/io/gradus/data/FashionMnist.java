package io.gradus.data;

import io.gradus.data.RemoteFiles.RemoteFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Fashion-MNIST: 70,000 pictures of clothes of 28x28 pixels, read from a folder with its four files
 * (gzipped or not).
 *
 * <p>Source: H. Xiao, K. Rasul, R. Vollgraf, 2017; MIT. Sets are images, {@code f32} [N, 1, 28, 28]
 * in [0, 1], and labels, {@code i64} [N].
 */
public final class FashionMnist {
  /** What the labels mean. */
  public static final List<String> CLASSES =
      List.of(
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

  private static final RemoteFiles REMOTE =
      new RemoteFiles(
          "gradus.fashionmnist.url",
          List.of(
              URI.create("https://fashion-mnist.s3.eu-central-1.amazonaws.com/"),
              URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
          List.of(
              new RemoteFile(
                  "train-images-idx3-ubyte.gz",
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                  26_421_880),
              new RemoteFile(
                  "train-labels-idx1-ubyte.gz",
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                  29_515),
              new RemoteFile(
                  "t10k-images-idx3-ubyte.gz",
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                  4_422_102),
              new RemoteFile(
                  "t10k-labels-idx1-ubyte.gz",
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                  5_148)));

  private FashionMnist() {}

  /**
   * Downloads what a folder lacks of the four files, about 31 MB, and checks SHA-256 of what comes;
   * files that are there are left alone. A call after an interrupted one goes on where it ended.
   * {@code -Dgradus.fashionmnist.url=https://…} names another place than the publishers' servers.
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
    return IdxImages.read("FashionMnist", folder, "train");
  }

  /** The 10,000 samples for testing; errors as {@link #train}. */
  public static TensorDataset test(Path folder) {
    return IdxImages.read("FashionMnist", folder, "t10k");
  }
}
