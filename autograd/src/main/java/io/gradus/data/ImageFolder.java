package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.io.ImageFile;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Pictures in folders, a folder a class: {@code root/cat/1.png}, {@code root/dog/2.jpg}.
 *
 * <p>A sample is the picture, {@code f32} [3, height, width] in [0, 1], and its label, {@code i64}.
 * Pictures are read when they are asked for. Links are not followed out of the folder.
 */
public final class ImageFolder implements Dataset<List<Tensor>> {
  private static final Set<String> SUFFIXES =
      Set.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff");
  private static final float BRIGHTEST = 255;

  private final List<String> classes;
  private final List<Sample> samples;
  private final UnaryOperator<Tensor> transform;

  private record Sample(Path file, long label) {}

  private ImageFolder(List<String> classes, List<Sample> samples, UnaryOperator<Tensor> transform) {
    this.classes = classes;
    this.samples = samples;
    this.transform = transform;
  }

  /**
   * The pictures in a folder; classes are its folders in the order of their names.
   *
   * @throws InvalidArgumentException if there is no folder with a picture
   */
  public static ImageFolder of(Path root) {
    List<String> classes = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (Path folder : sorted(root)) {
      if (Files.isDirectory(folder)) {
        for (Path file : sorted(folder)) {
          if (isPicture(root, file)) {
            samples.add(new Sample(file, classes.size()));
          }
        }
        classes.add(String.valueOf(folder.getFileName()));
      }
    }
    if (samples.isEmpty()) {
      throw new InvalidArgumentException(
          "[ImageFolder] found no picture in folders of " + root + "; expected CLASS/FILE.png");
    }
    return new ImageFolder(List.copyOf(classes), List.copyOf(samples), x -> x);
  }

  private static List<Path> sorted(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPicture(Path root, Path file) {
    String name = String.valueOf(file.getFileName());
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    try {
      return SUFFIXES.contains(suffix)
          && Files.isRegularFile(file)
          && file.toRealPath().startsWith(root.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With a change of each picture, such as to one size. */
  public ImageFolder transform(UnaryOperator<Tensor> change) {
    UnaryOperator<Tensor> before = transform;
    return new ImageFolder(classes, samples, x -> change.apply(before.apply(x)));
  }

  /** What the labels mean. */
  public List<String> classes() {
    return classes;
  }

  /** The file of a sample. */
  public Path file(long index) {
    return samples.get(Math.toIntExact(index)).file();
  }

  /**
   * A picture and its label.
   *
   * @throws io.gradus.tensor.error.FormatException if the file is no picture
   */
  @Override
  public List<Tensor> get(long index) {
    Sample sample = samples.get(Math.toIntExact(index));
    Tensor image = ImageFile.read(sample.file()).to(DType.F32).div(BRIGHTEST);
    return List.of(transform.apply(image), Tensor.scalar(sample.label()));
  }

  @Override
  public long size() {
    return samples.size();
  }
}
