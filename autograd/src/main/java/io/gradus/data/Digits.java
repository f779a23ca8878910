package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.tensor.error.FormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * 1,797 handwritten digits of 8x8 pixels, part of this library.
 *
 * <p>The test part of "Optical Recognition of Handwritten Digits", E. Alpaydin, C. Kaynak, UCI
 * Machine Learning Repository, 1998; CC BY 4.0.
 */
public final class Digits {
  private static final String RESOURCE = "digits.csv.gz";
  private static final int PIXELS = 64;
  private static final float BRIGHTEST = 16;

  private Digits() {}

  /** The images, {@code f32} [1797, 64] in [0, 1], and their labels, {@code i64} [1797]. */
  public static TensorDataset load() {
    try (InputStream in = Digits.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FormatException("[Digits] the resource " + RESOURCE + " is not in the jar");
      }
      List<String> lines;
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII))) {
        lines = reader.lines().toList();
      }
      return parse(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TensorDataset parse(List<String> lines) {
    float[] pixels = new float[lines.size() * PIXELS];
    long[] labels = new long[lines.size()];
    for (int row = 0; row < labels.length; row++) {
      String[] fields = lines.get(row).split(",", -1);
      if (fields.length != PIXELS + 1) {
        throw new FormatException(
            "[Digits] line %d has %d fields, expected %d"
                .formatted(row + 1, fields.length, PIXELS + 1));
      }
      for (int i = 0; i < PIXELS; i++) {
        pixels[row * PIXELS + i] = Integer.parseInt(fields[i]) / BRIGHTEST;
      }
      labels[row] = Long.parseLong(fields[PIXELS]);
    }
    return new TensorDataset(
        Tensor.tensor(pixels).view(labels.length, PIXELS), Tensor.tensor(labels));
  }
}
