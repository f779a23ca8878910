package io.gradus.backend.cpu.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Pair.Form;
import io.gradus.backend.cpu.Pair.Twin;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IndexKernelsTest {
  private static final long[][] SHAPES = {{6}, {4, 5}, {5, 3, 8}, {2, 0}, {3, 1, 2}};

  /** Indices below a size; with rows, repeated along all later axes. */
  private static Twin indices(
      Pair pair, DType dtype, int axis, boolean rows, long[] sizes, int size) {
    Twin twin =
        pair.operand(
            dtype,
            rows ? Form.DENSE : pair.form(false),
            i -> (double) pair.random().nextInt(Math.max(1, size)),
            sizes);
    if (!rows) {
      return twin;
    }
    Layout layout = twin.cpu().layout();
    long[] strides = layout.strides();
    for (int d = axis + 1; d < strides.length; d++) {
      strides[d] = 0;
    }
    Layout repeated = Layout.of(Shape.of(sizes), strides, layout.offset());
    return new Twin(twin.cpu().with(repeated), twin.reference().with(repeated));
  }

  @Test
  void rowsOfAnyLengthMoveWhole() {
    for (int n = 1; n <= 150; n = n < 70 ? n + 1 : n + 20) {
      Pair pair = new Pair(n);
      Twin in = pair.operand(DType.F32, Form.OFFSET, 2, 9, n);
      Twin index = indices(pair, DType.I64, 1, true, new long[] {2, 11, n}, 9);
      Twin out = pair.operand(DType.F32, Form.OFFSET, i -> 7.0, 2, 11, n);
      pair.check(cpu -> new Kernel.Gather(in.on(cpu), index.on(cpu), 1, out.on(cpu)), 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void manyRowsAreAddedInTheirOrder(DType dtype) {
    // Rounding shows the order; many rows, so that ranges of places have their own threads.
    for (int n : new int[] {8, 15, 16, 17, 33, 64, 70}) {
      for (boolean repeated : new boolean[] {false, true}) {
        Pair pair = new Pair(n);
        Twin out = pair.operand(dtype, Form.OFFSET, i -> Math.sin(i), 90, n);
        Twin index = indices(pair, DType.I64, 0, true, new long[] {2300, n}, 90);
        Twin rows = pair.operand(dtype, Form.OFFSET, i -> Math.cos(i), 2300, n);
        Twin source = repeated ? new Twin(alike(rows.cpu()), alike(rows.reference())) : rows;
        pair.check(
            cpu ->
                new Kernel.Scatter(ScatterMode.ADD, out.on(cpu), index.on(cpu), 0, source.on(cpu)),
            0);
      }
    }
  }

  /** All elements of a row are its first. */
  private static Operand alike(Operand rows) {
    Layout l = rows.layout();
    return rows.with(Layout.of(l.shape(), new long[] {l.stride(0), 0}, l.offset()));
  }

  @Test
  @DisplayName("S3.4 an index out of range in the last chunk of many rows: nothing is written")
  void aLateIndexOutOfRangeChangesNothing() {
    int n = 40_000;
    Pair pair = new Pair(1);
    Operand in = pair.operand(DType.F32, Form.DENSE, 3, 64).cpu();
    Operand line = pair.operand(DType.I64, Form.DENSE, i -> i == n - 1 ? 3.0 : i % 3, n).cpu();
    Operand index = line.with(Layout.of(Shape.of(n, 64), new long[] {1, 0}, 0));
    Operand out = pair.operand(DType.F32, Form.DENSE, i -> 9.0, n, 64).cpu();
    double[] before = Pair.read(out);
    assertThrows(
        TensorIndexException.class, () -> Pair.CPU.run(new Kernel.Gather(in, index, 0, out)));
    assertArrayEquals(before, Pair.read(out));
  }

  @Test
  @DisplayName("S3.4 an index with gaps that is out of range names the first such index")
  void anIndexWithGapsIsLookedAtWhole() {
    Pair pair = new Pair(1);
    Operand in = pair.operand(DType.F32, Form.DENSE, 4).cpu();
    Operand all = pair.operand(DType.I64, Form.DENSE, i -> i % 2 == 1 ? 50.0 : i / 10, 60).cpu();
    Operand index = all.with(Layout.of(Shape.of(30), new long[] {2}, 0));
    Operand out = pair.operand(DType.F32, Form.DENSE, i -> 9.0, 30).cpu();
    TensorIndexException e =
        assertThrows(
            TensorIndexException.class, () -> Pair.CPU.run(new Kernel.Gather(in, index, 0, out)));
    assertEquals("index 4 is out of bounds for dimension 0 with size 4", e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void gatherAgreesWithTheReference(DType dtype) {
    for (long[] sizes : SHAPES) {
      for (int axis = 0; axis < sizes.length; axis++) {
        for (int variant = 0; variant < 4; variant++) {
          int along = axis;
          long[] to = sizes.clone();
          to[axis] = sizes[axis] == 0 ? 0 : sizes[axis] + variant - 1;
          Pair pair = new Pair(variant);
          Twin in = pair.operand(dtype, pair.form(false), sizes);
          Twin index =
              indices(
                  pair,
                  variant % 2 == 0 ? DType.I64 : DType.I32,
                  axis,
                  variant < 2,
                  to,
                  (int) sizes[axis]);
          Twin out = pair.operand(dtype, pair.form(true), to);
          pair.check(cpu -> new Kernel.Gather(in.on(cpu), index.on(cpu), along, out.on(cpu)), 0);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void scatterAgreesWithTheReference(ScatterMode mode) {
    for (DType dtype : DType.values()) {
      for (long[] sizes : SHAPES) {
        for (int axis = 0; axis < sizes.length; axis++) {
          for (int variant = 0; variant < 4; variant++) {
            int along = axis;
            long[] from = sizes.clone();
            from[axis] = sizes[axis] == 0 ? 0 : sizes[axis] + variant - 1;
            Pair pair = new Pair(variant);
            Twin out = pair.operand(dtype, pair.form(true), sizes);
            Twin index =
                indices(
                    pair,
                    variant % 2 == 0 ? DType.I64 : DType.I32,
                    axis,
                    variant < 2,
                    from,
                    (int) sizes[axis]);
            Twin source = pair.operand(dtype, pair.form(false), from);
            pair.check(
                cpu -> new Kernel.Scatter(mode, out.on(cpu), index.on(cpu), along, source.on(cpu)),
                0);
          }
        }
      }
    }
  }

  @Test
  @DisplayName(
      "S3.4 an index out of range names the index, the dim and its size; nothing is written")
  void anIndexOutOfRangeChangesNothing() {
    for (double bad : new double[] {7, 4, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      Pair pair = new Pair(1);
      Operand in = pair.operand(DType.F32, Form.DENSE, 2, 4).cpu();
      Operand index = pair.operand(DType.I64, Form.DENSE, i -> i == 5 ? bad : 0, 2, 3).cpu();
      Operand out = pair.operand(DType.F32, Form.DENSE, i -> 9.0, 2, 3).cpu();
      double[] before = Pair.read(out);
      TensorIndexException e =
          assertThrows(
              TensorIndexException.class, () -> Pair.CPU.run(new Kernel.Gather(in, index, 1, out)));
      assertEquals(
          "index %d is out of bounds for dimension 1 with size 4".formatted((long) bad),
          e.getMessage());
      assertArrayEquals(before, Pair.read(out));
      double[] target = Pair.read(in);
      assertThrows(
          TensorIndexException.class,
          () -> Pair.CPU.run(new Kernel.Scatter(ScatterMode.ADD, in, index, 1, out)));
      assertArrayEquals(target, Pair.read(in));
    }
  }
}
