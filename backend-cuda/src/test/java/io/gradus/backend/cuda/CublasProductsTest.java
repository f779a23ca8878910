package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products through cuBLAS's interface, behind which a few lines of C stand. */
@Tag("standin")
class CublasProductsTest {
  private static final String PROPERTY = "gradus.cuda.cublas";

  @TempDir static Path folder;

  private static StandIn standIn;
  private static CudaDevice device;

  @BeforeAll
  static void open() throws Exception {
    standIn = StandIn.forTest(CublasProductsTest.class);
    String before = System.getProperty(PROPERTY);
    System.setProperty(PROPERTY, compile().toString());
    try {
      device = (CudaDevice) new CudaBackendProvider().open().devices().getFirst();
      assertTrue(device.matrixProducts().startsWith("cuBLAS 12.3.4"), device::matrixProducts);
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }

  private static Path compile() throws IOException, InterruptedException {
    Path source = folder.resolve("libcublas.c");
    try (InputStream in = CublasProductsTest.class.getResourceAsStream("blas/libcublas.c")) {
      Files.copy(in, source);
    }
    Path library = folder.resolve("libcublas.so.12");
    String compiler = System.getenv().getOrDefault("CC", "cc");
    Process process =
        new ProcessBuilder(
                compiler, "-O1", "-shared", "-fPIC", "-o", "" + library, "" + source, "-ldl")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return library;
  }

  @BeforeEach
  void late() {
    standIn.deferred(5);
  }

  @AfterEach
  void atOnce() {
    standIn.eager();
    assertEquals(List.of(), standIn.findings().take());
  }

  private static Operand floats(long[] sizes, float... values) {
    Storage storage = device.allocate(DType.F32, values.length);
    device.upload(MemorySegment.ofArray(values), storage, 0);
    return new Operand(storage, DType.F32, Layout.of(Shape.of(sizes)));
  }

  private static float[] read(Operand o) {
    float[] values = new float[(int) o.storage().size()];
    device.download(o.storage(), 0, MemorySegment.ofArray(values));
    return values;
  }

  private static void multiply(
      Operand a,
      Operand b,
      Operand out,
      double alpha,
      double beta,
      Program epilogue,
      Operand... more) {
    long launches = standIn.launches();
    device.run(new Kernel.Contract(a, b, out, alpha, beta, epilogue, more, Params.NONE));
    device.synchronize();
    assertEquals(epilogue == null ? 0 : 1, standIn.launches() - launches, "kernels of its own");
  }

  @Test
  @DisplayName("a product is cuBLAS's, with alpha and beta")
  void product() {
    Operand a = floats(new long[] {2, 3}, 1, 2, 3, 4, 5, 6);
    Operand b = floats(new long[] {3, 2}, 7, 8, 9, 10, 11, 12);
    Operand out = floats(new long[] {2, 2}, 1, 1, 1, 1);
    multiply(a, b, out, 2, 10, null);
    assertArrayEquals(new float[] {126, 138, 288, 318}, read(out));
  }

  @Test
  @DisplayName("an epilogue runs after it, on the product in the compute type")
  void epilogue() {
    Operand a = floats(new long[] {2, 2}, 1, 2, 3, 4);
    Operand bias = floats(new long[] {2, 2}, 100, 200, 300, 400);
    Operand out = floats(new long[] {2, 2}, 0, 0, 0, 0);
    Program add =
        Program.of(
            List.of(ComputeType.F32, ComputeType.F32),
            Expr.of(ScalarOp.ADD, Expr.input(0, ComputeType.F32), Expr.input(1, ComputeType.F32)));
    multiply(a, a, out, 1, 0, add, bias);
    assertArrayEquals(new float[] {107, 210, 315, 422}, read(out));
  }

  @Test
  @DisplayName("batches of doubles with a transposed factor are one call")
  void doubles() {
    double[] values = {1, 2, 3, 4, 5, 6, 7, 8};
    Storage storage = device.allocate(DType.F64, 8);
    device.upload(MemorySegment.ofArray(values), storage, 0);
    Operand a = new Operand(storage, DType.F64, Layout.of(Shape.of(2, 2, 2)));
    Operand t = a.with(Layout.of(Shape.of(2, 2, 2), new long[] {4, 1, 2}, 0));
    Storage result = device.allocate(DType.F64, 8);
    Operand out = new Operand(result, DType.F64, Layout.of(Shape.of(2, 2, 2)));
    multiply(a, t, out, 0.5, 0, null);
    double[] numbers = new double[8];
    device.download(result, 0, MemorySegment.ofArray(numbers));
    assertArrayEquals(new double[] {2.5, 5.5, 5.5, 12.5, 30.5, 41.5, 41.5, 56.5}, numbers);
  }

  @Test
  @DisplayName("products of bfloat16 are rounded once, at the end")
  void halves() {
    short[] values = new short[4];
    for (int i = 0; i < 4; i++) {
      values[i] = (short) BFloat16.fromFloat(i + 1);
    }
    Storage storage = device.allocate(DType.BF16, 4);
    device.upload(MemorySegment.ofArray(values), storage, 0);
    Operand a = new Operand(storage, DType.BF16, Layout.of(Shape.of(2, 2)));
    Storage result = device.allocate(DType.BF16, 4);
    multiply(a, a, new Operand(result, DType.BF16, a.layout()), 1, 0, null);
    short[] bits = new short[4];
    device.download(result, 0, MemorySegment.ofArray(bits));
    float[] numbers = new float[4];
    for (int i = 0; i < 4; i++) {
      numbers[i] = BFloat16.toFloat(bits[i]);
    }
    assertArrayEquals(new float[] {7, 10, 15, 22}, numbers);
  }

  @Test
  @DisplayName("what cuBLAS cannot do is done by a kernel of the backend")
  void others() {
    Operand a = floats(new long[] {1, 4}, 1, 2, 3, 4);
    Operand every2nd = a.with(Layout.of(Shape.of(2, 1), new long[] {2, 2}, 0));
    Operand wide = floats(new long[] {2, 2, 2}, 1, 0, 2, 0, 3, 0, 4, 0);
    Operand sparse = wide.with(Layout.of(Shape.of(2, 2), new long[] {4, 2}, 0));
    Operand out = floats(new long[] {2, 1}, 0, 0);
    long launches = standIn.launches();
    device.run(new Kernel.Contract(sparse, every2nd, out, 1, 0, null, new Operand[0], Params.NONE));
    assertArrayEquals(new float[] {7, 15}, read(out));
    assertTrue(standIn.launches() > launches);
  }
}
