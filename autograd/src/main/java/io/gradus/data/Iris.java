package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.FormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * 150 iris flowers of three species with four measurements each, part of this library.
 *
 * <p>Source: R. A. Fisher, "The use of multiple measurements in taxonomic problems", 1936; UCI
 * Machine Learning Repository, CC BY 4.0.
 */
public final class Iris {
  /** What the labels mean. */
  public static final List<String> CLASSES = List.of("setosa", "versicolor", "virginica");

  private static final String RESOURCE = "iris.csv";
  private static final int MEASUREMENTS = 4;

  private Iris() {}

  /**
   * Length and width of sepals and petals in cm, {@code f32} [150, 4], and species, {@code i64}
   * [150].
   */
  public static TensorDataset load() {
    try (InputStream in = Iris.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FormatException("[Iris] the resource " + RESOURCE + " is not in the jar");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      return parse(reader.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same out of a file, or of {@code iris.csv} in a folder: a line of counts and names, then
   * four measurements and a species 0 to 2 a line.
   *
   * @throws FormatException naming the line that is malformed
   */
  public static TensorDataset load(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(RESOURCE) : path;
    try {
      return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TensorDataset parse(List<String> lines) {
    int n = Math.max(lines.size() - 1, 0);
    float[] values = new float[n * MEASUREMENTS];
    long[] labels = new long[n];
    for (int row = 0; row < n; row++) {
      String[] fields = lines.get(row + 1).split(",", -1);
      try {
        if (fields.length != MEASUREMENTS + 1) {
          throw new NumberFormatException(fields.length + " fields");
        }
        for (int i = 0; i < MEASUREMENTS; i++) {
          values[row * MEASUREMENTS + i] = Float.parseFloat(fields[i]);
        }
        labels[row] = Long.parseLong(fields[MEASUREMENTS]);
      } catch (NumberFormatException e) {
        throw new FormatException(
            "[Iris] line %d: expected four numbers and a species".formatted(row + 2), e);
      }
      if (labels[row] < 0 || labels[row] >= CLASSES.size()) {
        throw new FormatException(
            "[Iris] line %d: species %d, expected 0 to 2".formatted(row + 2, labels[row]));
      }
    }
    return new TensorDataset(
        Tensor.tensor(values).view(n, MEASUREMENTS), Tensor.tensor(labels).to(DType.I64));
  }
}
