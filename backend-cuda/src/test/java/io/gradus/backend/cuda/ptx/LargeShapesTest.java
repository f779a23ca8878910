package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.kernel.ScanOp;
import io.gradus.tensor.kernel.ScatterMode;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sizes for which the planner takes other ways than for the conformance suite's small ones. */
class LargeShapesTest {
  private final EmulatedDevice emulated = new EmulatedDevice(new Planner(false), 3);
  private final Random random = new Random(11);

  @AfterEach
  void nothingIsWrong() {
    assertEquals(List.of(), emulated.findings.take());
  }

  private float[] floats(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static Operand put(Device device, float[] values, long... sizes) {
    Storage storage = device.allocate(DType.F32, values.length);
    device.upload(MemorySegment.ofArray(values), storage, 0);
    return new Operand(storage, DType.F32, Layout.of(Shape.of(sizes)));
  }

  private static Operand put(Device device, long[] values, long... sizes) {
    Storage storage = device.allocate(DType.I64, values.length);
    device.upload(MemorySegment.ofArray(values), storage, 0);
    return new Operand(storage, DType.I64, Layout.of(Shape.of(sizes)));
  }

  private static float[] floatsOf(Operand operand) {
    float[] values = new float[(int) operand.storage().size()];
    operand.storage().device().download(operand.storage(), 0, MemorySegment.ofArray(values));
    return values;
  }

  private static long[] longsOf(Operand operand) {
    long[] values = new long[(int) operand.storage().size()];
    operand.storage().device().download(operand.storage(), 0, MemorySegment.ofArray(values));
    return values;
  }

  /** Runs on both devices and compares the results. */
  private void agree(double tolerance, Function<Device, Kernel> build) {
    Kernel want = build.apply(new ReferenceDevice());
    Kernel got = build.apply(emulated);
    for (Kernel kernel : List.of(want, got)) {
      Device device = kernel.outputs()[0].storage().device();
      device.run(kernel);
      device.synchronize();
    }
    for (int j = 0; j < want.outputs().length; j++) {
      Operand a = want.outputs()[j];
      Operand b = got.outputs()[j];
      if (a.dtype() == DType.I64) {
        org.junit.jupiter.api.Assertions.assertArrayEquals(longsOf(a), longsOf(b));
      } else {
        org.junit.jupiter.api.Assertions.assertArrayEquals(
            floatsOf(a), floatsOf(b), (float) tolerance);
      }
    }
  }

  @Test
  @DisplayName("a block scans a line piece by piece")
  void longScan() {
    float[] x = floats(2 * 1000);
    for (ScanOp op : List.of(ScanOp.SUM, ScanOp.MAX, ScanOp.LOGSUMEXP)) {
      agree(
          1e-5,
          on ->
              new Kernel.Scan(
                  op,
                  put(on, x, 2, 1000),
                  1,
                  put(on, new float[2000], 2, 1000),
                  op == ScanOp.MAX ? put(on, new long[2000], 2, 1000) : null));
    }
  }

  @Test
  @DisplayName("runs are merged until a line is sorted, equal elements in their order")
  void longSort() {
    float[] x = new float[2 * 2500];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(700);
    }
    for (boolean descending : new boolean[] {false, true}) {
      agree(
          0,
          on ->
              new Kernel.Sort(
                  put(on, x, 2, 2500),
                  1,
                  descending,
                  put(on, new float[x.length], 2, 2500),
                  put(on, new long[x.length], 2, 2500)));
    }
  }

  @Test
  @DisplayName("a sum over few results is cut into chunks and combined")
  void chunkedSums() {
    float[] x = floats(40 * 9000);
    for (boolean rows : new boolean[] {true, false}) {
      agree(
          1e-4,
          on ->
              new Kernel.Reduce(
                  ReduceOp.SUM,
                  Program.of(List.of(ComputeType.F32), Expr.input(0, ComputeType.F32)),
                  new Operand[] {rows ? put(on, x, 40, 9000) : put(on, x, 9000, 40)},
                  new boolean[] {!rows, rows},
                  rows ? put(on, new float[40], 40, 1) : put(on, new float[40], 1, 40),
                  Params.NONE));
    }
  }

  @Test
  @DisplayName("large products are made of large tiles")
  void largeTiles() {
    float[] a = floats(300 * 21);
    float[] b = floats(21 * 270);
    agree(
        1e-5,
        on ->
            new Kernel.Contract(
                put(on, a, 300, 21),
                put(on, b, 21, 270),
                put(on, new float[300 * 270], 300, 270),
                1,
                0,
                null,
                new Operand[0],
                Params.NONE));
  }

  @Test
  @DisplayName("a long line of few targets is scattered in order")
  void longScatter() {
    int n = 3000;
    float[] x = floats(n);
    long[] at = random.longs(n, 0, 10).toArray();
    for (ScatterMode mode : List.of(ScatterMode.ADD, ScatterMode.SET)) {
      agree(
          0,
          on ->
              new Kernel.Scatter(
                  mode, put(on, new float[10], 10), put(on, at, n), 0, put(on, x, n)));
    }
  }

  @Test
  @DisplayName("rows of a column-wise matrix are reduced side by side")
  void columns() {
    float[] x = floats(70 * 50);
    Expr in = Expr.input(0, ComputeType.F32);
    Expr mean =
        Expr.of(
            ScalarOp.DIV, Expr.reduced(0, ComputeType.F32), Expr.constant(ComputeType.F32, 70.0));
    agree(
        1e-6,
        on ->
            new Kernel.Rows(
                List.of(ReduceOp.SUM),
                Program.of(List.of(ComputeType.F32), List.of(in, Expr.of(ScalarOp.SUB, in, mean))),
                new Operand[] {put(on, x, 70, 50)},
                new boolean[] {true, false},
                new Operand[] {put(on, new float[x.length], 70, 50)},
                Params.NONE));
    assertTrue(emulated.findings.list().isEmpty());
  }
}
