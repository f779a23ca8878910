package io.gradus.backend.cpu.sort;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Pair.Twin;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SortKernelsTest {
  @ParameterizedTest
  @EnumSource
  void everyDtypeAxisAndLayoutAgreesWithTheReference(DType dtype) {
    long[][] shapes = {{}, {1}, {40}, {3, 5}, {5, 70}, {2, 3, 4}, {3, 0}, {4000}};
    for (long[] sizes : shapes) {
      for (int axis = 0; axis < Math.max(1, sizes.length); axis++) {
        for (int variant = 0; variant < 6; variant++) {
          int along = axis;
          boolean descending = variant % 2 == 1;
          int what = variant / 2;
          long[] kept = sizes.clone();
          if (sizes.length > 0 && what == 2) {
            kept[axis] = Math.min(kept[axis], 2);
          }
          Pair pair = new Pair(variant);
          Twin in = pair.operand(dtype, pair.form(false), sizes);
          Twin values = pair.operand(dtype, pair.form(true), kept);
          Twin at = pair.operand(DType.I64, pair.form(true), kept);
          pair.check(
              cpu ->
                  new Kernel.Sort(
                      in.on(cpu),
                      along,
                      descending,
                      what == 1 ? null : values.on(cpu),
                      what == 0 ? null : at.on(cpu)),
              0);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64", "I32", "I64"})
  void manyDifferentNumbersAreSortedWithTheirPlaces(DType dtype) {
    Random random = new Random(8);
    Pair pair = new Pair(8);
    int n = 20000;
    Twin in =
        pair.operand(
            dtype, Form.DENSE, i -> (double) (int) (random.nextGaussian() * (i % 9 + 1) * 1e6), n);
    Twin values = pair.operand(dtype, Form.DENSE, n);
    Twin at = pair.operand(DType.I64, Form.DENSE, n);
    pair.check(cpu -> new Kernel.Sort(in.on(cpu), 0, false, values.on(cpu), at.on(cpu)), 0);
  }

  @Test
  void theFirstFewAreTheStartOfTheWholeSort() {
    Pair pair = new Pair(2);
    Twin in = pair.operand(DType.F32, Form.DENSE, i -> Math.sin(i) * 1e4, 5000);
    Twin few = pair.operand(DType.F32, Form.DENSE, 50);
    Twin all = pair.operand(DType.F32, Form.DENSE, 5000);
    Pair.CPU.run(new Kernel.Sort(in.cpu(), 0, true, few.cpu(), null));
    Pair.CPU.run(new Kernel.Sort(in.cpu(), 0, true, all.cpu(), null));
    assertArrayEquals(
        Arrays.copyOf(Pair.read(all.cpu()), 50), Arrays.copyOf(Pair.read(few.cpu()), 50));
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "I32", "I16"})
  void longLinesWithZerosAndNanAgreeWithTheReference(DType dtype) {
    int n = 70_000;
    for (boolean descending : new boolean[] {false, true}) {
      for (int kept : new int[] {n, n / 3, 300}) {
        Pair pair = new Pair(n + kept);
        Twin in =
            pair.operand(
                dtype,
                Form.DENSE,
                i -> i % 97 == 5 ? Double.NaN : i % 7 == 0 ? -0.0 : i % 7 == 1 ? 0 : i * 31 % 1009,
                n);
        Twin values = pair.operand(dtype, pair.form(true), kept);
        Twin at = pair.operand(DType.I64, pair.form(true), kept);
        pair.check(
            cpu -> new Kernel.Sort(in.on(cpu), 0, descending, values.on(cpu), at.on(cpu)), 0);
      }
    }
  }

  /** Numbers at which the glance that leaves most elements out could go wrong. */
  private enum Numbers {
    NORMAL,
    TIES,
    ZEROS,
    CONSTANT,
    MOSTLY_NAN,
    INFINITIES,
    ASCENDING,
    DESCENDING;

    double at(int i, Random random) {
      return switch (this) {
        case NORMAL -> random.nextInt(50) == 0 ? Double.NaN : random.nextGaussian();
        case TIES -> random.nextInt(5) - 2;
        case ZEROS -> random.nextBoolean() ? -0.0 : random.nextInt(30) == 0 ? -1e-45f : 0;
        case CONSTANT -> 3;
        case MOSTLY_NAN -> random.nextInt(40) == 0 ? i : Double.NaN;
        case INFINITIES ->
            random.nextInt(3) == 0
                ? random.nextGaussian()
                : random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        case ASCENDING -> i;
        case DESCENDING -> -i;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstFewOfLinesAgreeWithTheReference(Numbers numbers) {
    // Around multiples of vectors, and the largest share that counts as few.
    int[] lengths = {16, 127, 128, 255, 256, 273, 1000, 1000, 1601, 4099};
    int[] counts = {1, 7, 8, 15, 16, 17, 10, 62, 100, 256};
    for (int c = 0; c < lengths.length; c++) {
      for (boolean descending : new boolean[] {false, true}) {
        Pair pair = new Pair(lengths[c]);
        int n = lengths[c];
        Random random = new Random(n);
        Twin in =
            pair.operand(
                DType.F32,
                descending ? Form.OFFSET : Form.DENSE,
                i -> numbers.at(i, random),
                3,
                lengths[c]);
        Twin values = pair.operand(DType.F32, pair.form(true), 3, counts[c]);
        Twin at = pair.operand(DType.I64, pair.form(true), 3, counts[c]);
        pair.check(
            cpu -> new Kernel.Sort(in.on(cpu), 1, descending, values.on(cpu), at.on(cpu)), 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFirstFewOfALongLineAgreeWithTheReference(Numbers numbers) {
    // Two stretches, of which the second has fewer elements than are kept, or more.
    for (int n : new int[] {(1 << 16) + 40, 100_000}) {
      Pair pair = new Pair(n);
      Random random = new Random(n);
      Twin in = pair.operand(DType.F32, Form.DENSE, i -> numbers.at(i, random), n);
      Twin values = pair.operand(DType.F32, Form.DENSE, 100);
      Twin at = pair.operand(DType.I64, Form.DENSE, 100);
      pair.check(cpu -> new Kernel.Sort(in.on(cpu), 0, true, values.on(cpu), at.on(cpu)), 0);
    }
  }
}
