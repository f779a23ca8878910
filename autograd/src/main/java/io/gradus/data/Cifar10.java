package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.data.RemoteFiles.RemoteFile;
import io.gradus.io.CifarFile;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

  private static final String ARCHIVE = "cifar-10-binary.tar.gz";
  private static final String TEST_FILE = "test_batch.bin";
  private static final long FILE_SIZE = 10_000L * (1 + 3 * 32 * 32);
  private static final RemoteFiles REMOTE =
      new RemoteFiles(
          "gradus.cifar10.url",
          List.of(URI.create("https://www.cs.toronto.edu/~kriz/")),
          List.of(
              new RemoteFile(
                  ARCHIVE,
                  "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
                  170_052_171)));

  private Cifar10() {}

  /**
   * Downloads the archive, 170 MB, into a folder that lacks one of the six files, checks its
   * SHA-256 and unpacks it there. A call after an interrupted one goes on where it ended. {@code
   * -Dgradus.cifar10.url=https://…} names another place than the author's server.
   *
   * @return the folder
   * @throws DownloadException if the archive cannot be had
   */
  public static Path download(Path folder) {
    return download(folder, REMOTE, null);
  }

  /** {@link #download(Path)} from a place of your own, which holds the archive. */
  public static Path download(Path folder, URI place) {
    return download(folder, REMOTE, place);
  }

  static Path download(Path folder, RemoteFiles remote, @Nullable URI place) {
    Set<String> names = new TreeSet<>(trainFiles());
    names.add(TEST_FILE);
    names.removeIf(name -> Files.exists(folder.resolve(name)));
    if (!names.isEmpty()) {
      remote.download(folder, place);
      TarGz.extract(folder.resolve(ARCHIVE), names, FILE_SIZE, folder);
    }
    return folder;
  }

  /**
   * The samples of {@code data_batch_1.bin} to {@code data_batch_5.bin}.
   *
   * @throws io.gradus.tensor.error.FormatException if a file is malformed
   * @throws InvalidArgumentException if a file is not there
   */
  public static TensorDataset train(Path folder) {
    return read(folder, trainFiles());
  }

  private static List<String> trainFiles() {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= TRAIN_FILES; i++) {
      names.add("data_batch_" + i + ".bin");
    }
    return names;
  }

  /** The samples of {@code test_batch.bin}; errors as {@link #train}. */
  public static TensorDataset test(Path folder) {
    return read(folder, List.of(TEST_FILE));
  }

  private static TensorDataset read(Path folder, List<String> names) {
    for (String name : names) {
      if (!Files.exists(folder.resolve(name))) {
        throw new InvalidArgumentException(
            "[Cifar10] there is no %s in %s; call Cifar10.download(folder), or unpack the binary version there"
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
