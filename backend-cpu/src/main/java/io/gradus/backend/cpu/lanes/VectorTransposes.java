package io.gradus.backend.cpu.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes squares in registers; touched only where vectors have {@link #BITS} or more.
 *
 * <p>2^k rows become columns by k perfect shuffles: each merges the first and the second half of
 * them alternately (H. S. Stone, "Parallel Processing with the Perfect Shuffle", 1971).
 */
final class VectorTransposes {
  /** Of 512 bits they were not faster: lines of the cache are the measure, not instructions. */
  static final int BITS = 256;

  static final int F32_SIDE = BITS / Float.SIZE;
  static final int F64_SIDE = BITS / Double.SIZE;

  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_256;
  private static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_256;

  private static final IntVector F32_LOW =
      IntVector.fromArray(IntVector.SPECIES_256, new int[] {0, 8, 1, 9, 2, 10, 3, 11}, 0);
  private static final IntVector F32_HIGH =
      IntVector.fromArray(IntVector.SPECIES_256, new int[] {4, 12, 5, 13, 6, 14, 7, 15}, 0);
  private static final LongVector F64_LOW =
      LongVector.fromArray(LongVector.SPECIES_256, new long[] {0, 4, 1, 5}, 0);
  private static final LongVector F64_HIGH =
      LongVector.fromArray(LongVector.SPECIES_256, new long[] {2, 6, 3, 7}, 0);

  private VectorTransposes() {}

  /** {@code d[o + j * width + i] = s[at + i * step + j]} for whole squares of {@link #F32_SIDE}. */
  static void transpose(
      float[] s, int at, int step, int rows, int columns, float[] d, int o, int width) {
    for (int i = 0; i < rows; i += F32_SIDE) {
      for (int j = 0; j < columns; j += F32_SIDE) {
        int p = at + i * step + j;
        int q = o + j * width + i;
        IntVector a0 = FloatVector.fromArray(F32, s, p).reinterpretAsInts();
        IntVector a1 = FloatVector.fromArray(F32, s, p + step).reinterpretAsInts();
        IntVector a2 = FloatVector.fromArray(F32, s, p + 2 * step).reinterpretAsInts();
        IntVector a3 = FloatVector.fromArray(F32, s, p + 3 * step).reinterpretAsInts();
        IntVector a4 = FloatVector.fromArray(F32, s, p + 4 * step).reinterpretAsInts();
        IntVector a5 = FloatVector.fromArray(F32, s, p + 5 * step).reinterpretAsInts();
        IntVector a6 = FloatVector.fromArray(F32, s, p + 6 * step).reinterpretAsInts();
        IntVector a7 = FloatVector.fromArray(F32, s, p + 7 * step).reinterpretAsInts();
        IntVector b0 = F32_LOW.selectFrom(a0, a4);
        IntVector b1 = F32_HIGH.selectFrom(a0, a4);
        IntVector b2 = F32_LOW.selectFrom(a1, a5);
        IntVector b3 = F32_HIGH.selectFrom(a1, a5);
        IntVector b4 = F32_LOW.selectFrom(a2, a6);
        IntVector b5 = F32_HIGH.selectFrom(a2, a6);
        IntVector b6 = F32_LOW.selectFrom(a3, a7);
        IntVector b7 = F32_HIGH.selectFrom(a3, a7);
        IntVector c0 = F32_LOW.selectFrom(b0, b4);
        IntVector c1 = F32_HIGH.selectFrom(b0, b4);
        IntVector c2 = F32_LOW.selectFrom(b1, b5);
        IntVector c3 = F32_HIGH.selectFrom(b1, b5);
        IntVector c4 = F32_LOW.selectFrom(b2, b6);
        IntVector c5 = F32_HIGH.selectFrom(b2, b6);
        IntVector c6 = F32_LOW.selectFrom(b3, b7);
        IntVector c7 = F32_HIGH.selectFrom(b3, b7);
        IntVector d0 = F32_LOW.selectFrom(c0, c4);
        IntVector d1 = F32_HIGH.selectFrom(c0, c4);
        IntVector d2 = F32_LOW.selectFrom(c1, c5);
        IntVector d3 = F32_HIGH.selectFrom(c1, c5);
        IntVector d4 = F32_LOW.selectFrom(c2, c6);
        IntVector d5 = F32_HIGH.selectFrom(c2, c6);
        IntVector d6 = F32_LOW.selectFrom(c3, c7);
        IntVector d7 = F32_HIGH.selectFrom(c3, c7);
        d0.reinterpretAsFloats().intoArray(d, q);
        d1.reinterpretAsFloats().intoArray(d, q + width);
        d2.reinterpretAsFloats().intoArray(d, q + 2 * width);
        d3.reinterpretAsFloats().intoArray(d, q + 3 * width);
        d4.reinterpretAsFloats().intoArray(d, q + 4 * width);
        d5.reinterpretAsFloats().intoArray(d, q + 5 * width);
        d6.reinterpretAsFloats().intoArray(d, q + 6 * width);
        d7.reinterpretAsFloats().intoArray(d, q + 7 * width);
      }
    }
  }

  /** {@code d[o + j * width + i] = s[at + i * step + j]} for whole squares of {@link #F64_SIDE}. */
  static void transpose(
      double[] s, int at, int step, int rows, int columns, double[] d, int o, int width) {
    for (int i = 0; i < rows; i += F64_SIDE) {
      for (int j = 0; j < columns; j += F64_SIDE) {
        int p = at + i * step + j;
        int q = o + j * width + i;
        LongVector a0 = DoubleVector.fromArray(F64, s, p).reinterpretAsLongs();
        LongVector a1 = DoubleVector.fromArray(F64, s, p + step).reinterpretAsLongs();
        LongVector a2 = DoubleVector.fromArray(F64, s, p + 2 * step).reinterpretAsLongs();
        LongVector a3 = DoubleVector.fromArray(F64, s, p + 3 * step).reinterpretAsLongs();
        LongVector b0 = F64_LOW.selectFrom(a0, a2);
        LongVector b1 = F64_HIGH.selectFrom(a0, a2);
        LongVector b2 = F64_LOW.selectFrom(a1, a3);
        LongVector b3 = F64_HIGH.selectFrom(a1, a3);
        LongVector c0 = F64_LOW.selectFrom(b0, b2);
        LongVector c1 = F64_HIGH.selectFrom(b0, b2);
        LongVector c2 = F64_LOW.selectFrom(b1, b3);
        LongVector c3 = F64_HIGH.selectFrom(b1, b3);
        c0.reinterpretAsDoubles().intoArray(d, q);
        c1.reinterpretAsDoubles().intoArray(d, q + width);
        c2.reinterpretAsDoubles().intoArray(d, q + 2 * width);
        c3.reinterpretAsDoubles().intoArray(d, q + 3 * width);
      }
    }
  }
}
