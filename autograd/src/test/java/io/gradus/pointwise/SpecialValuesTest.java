package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gradus.Special;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Values of special functions, compared with tables in the resources. */
class SpecialValuesTest {
  /** Rows of one function: operands, then the value. */
  private static Map<String, List<double[]>> table(String file) {
    Map<String, List<double[]>> rows = new TreeMap<>();
    try (InputStream in = SpecialValuesTest.class.getResourceAsStream(file)) {
      assertNotNull(in);
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        if (!line.startsWith("#")) {
          String[] cells = line.split("\t");
          double[] row = Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray();
          rows.computeIfAbsent(cells[0], k -> new ArrayList<>()).add(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static Tensor operand(List<double[]> rows, int k) {
    return Tensor.tensor(rows.stream().mapToDouble(r -> r[k]).toArray());
  }

  private static Tensor call(String function, Tensor... operands) {
    Class<?>[] types = new Class<?>[operands.length];
    Arrays.fill(types, Tensor.class);
    try {
      Object[] arguments = operands;
      return (Tensor) Special.class.getMethod(function, types).invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[] values(String function, List<double[]> rows, DType dtype) {
    Tensor[] operands = new Tensor[rows.getFirst().length - 1];
    for (int k = 0; k < operands.length; k++) {
      operands[k] = operand(rows, k).to(dtype);
    }
    return call(function, operands).doubleArray();
  }

  /** Those that cross zero have no relative accuracy there. */
  private static double relative(String function) {
    return switch (function) {
      case "besselJ0", "besselJ1", "besselY0", "besselY1", "airyAi", "sphericalBesselJ0" ->
          Double.POSITIVE_INFINITY;
      default -> 2e-13;
    };
  }

  @TestFactory
  @DisplayName("S6.3 special functions have 13 digits in f64")
  Stream<DynamicTest> digits() {
    return table("/special-values.tsv").entrySet().stream()
        .map(
            e ->
                dynamicTest(
                    e.getKey(),
                    () -> {
                      double[] found = values(e.getKey(), e.getValue(), DType.F64);
                      for (int i = 0; i < found.length; i++) {
                        double[] row = e.getValue().get(i);
                        double want = row[row.length - 1];
                        double size = Math.abs(want);
                        double within =
                            Math.min(1e-14 * Math.max(1, size), relative(e.getKey()) * size);
                        assertEquals(want, found[i], within, Arrays.toString(row));
                      }
                    }));
  }

  @TestFactory
  @DisplayName(
      "S6.3 special functions at zero, infinity, NaN and out of their domain are PyTorch's")
  Stream<DynamicTest> edges() {
    return table("/special-edges.tsv").entrySet().stream()
        .map(
            e ->
                dynamicTest(
                    e.getKey(),
                    () -> {
                      double[] found = values(e.getKey(), e.getValue(), DType.F64);
                      for (int i = 0; i < found.length; i++) {
                        double[] row = e.getValue().get(i);
                        double want = row[row.length - 1];
                        double within =
                            Double.isFinite(want) ? 1e-13 * Math.max(1, Math.abs(want)) : 0;
                        assertEquals(want + 0.0, found[i] + 0.0, within, Arrays.toString(row));
                      }
                    }));
  }

  @TestFactory
  @DisplayName("S6.3 special functions in f32 are those in f64, rounded")
  Stream<DynamicTest> single() {
    return table("/special-values.tsv").entrySet().stream()
        .map(
            e ->
                dynamicTest(
                    e.getKey(),
                    () -> {
                      List<double[]> rows =
                          e.getValue().stream().map(SpecialValuesTest::f32).toList();
                      double[] wide = values(e.getKey(), rows, DType.F64);
                      double[] found = values(e.getKey(), rows, DType.F32);
                      for (int i = 0; i < found.length; i++) {
                        double want = (float) wide[i];
                        double within = tolerance(e.getKey(), rows.get(i)[0], want);
                        assertEquals(want, found[i], within, Arrays.toString(rows.get(i)));
                      }
                    }));
  }

  private static double[] f32(double[] row) {
    return Arrays.stream(row).map(v -> (float) v).toArray();
  }

  /** Phases of waves are rounded to f32. */
  private static double tolerance(String function, double x, double want) {
    double phase =
        switch (function) {
          case "besselJ0", "besselJ1", "besselY0", "besselY1" -> Math.sqrt(Math.abs(x));
          case "airyAi" -> x < -5 ? Math.pow(-x, 1.25) : 0;
          // The only one that is not computed in f64.
          case "ndtr" -> 1;
          default -> 0;
        };
    return Double.isFinite(want) ? 1e-7 * phase : 0;
  }
}
