package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Step;
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
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Products of half precision on tensor cores, beside the reference. The numbers are small and
 * whole, so that sums are exact in any order.
 */
class TensorCoresTest {
  private final Planner planner = new Planner(false);
  private final EmulatedDevice emulated = new EmulatedDevice(planner, 5);
  private final Random random = new Random(17);

  @AfterEach
  void nothingIsWrong() {
    assertEquals(List.of(), emulated.findings.take());
  }

  private short[] numbers(DType dtype, long count) {
    short[] bits = new short[Math.toIntExact(count)];
    for (int i = 0; i < bits.length; i++) {
      float number = random.nextInt(5) - 2;
      bits[i] =
          dtype == DType.F16
              ? Float.floatToFloat16(number)
              : (short) (Float.floatToRawIntBits(number) >>> 16);
    }
    return bits;
  }

  private static Operand put(Device device, DType dtype, short[] bits, Layout layout) {
    Storage storage = device.allocate(dtype, bits.length);
    device.upload(MemorySegment.ofArray(bits), storage, 0);
    return new Operand(storage, dtype, layout);
  }

  private static short[] bits(Operand operand) {
    short[] bits = new short[Math.toIntExact(operand.storage().size())];
    operand.storage().device().download(operand.storage(), 0, MemorySegment.ofArray(bits));
    return bits;
  }

  /** Runs on both devices, compares all memory of the result, and gives the text. */
  private String agree(Function<Device, Kernel> build) {
    Kernel want = build.apply(new ReferenceDevice());
    want.outputs()[0].storage().device().run(want);
    Kernel got = build.apply(emulated);
    emulated.run(got);
    emulated.synchronize();
    assertArrayEquals(bits(want.outputs()[0]), bits(got.outputs()[0]));
    return text(got, 80);
  }

  private String text(Kernel kernel, int computeCapability) {
    DeviceTraits traits = new DeviceTraits(computeCapability, 2, 48 << 10, 32);
    return ((Step.Launch) planner.plan(kernel, traits).steps().getFirst()).source().text();
  }

  private static Layout rows(long... sizes) {
    return Layout.of(Shape.of(sizes));
  }

  /** Columns run in memory, one after the other with a gap. */
  private static Layout columns(long rows, long columns, int gap) {
    return Layout.of(Shape.of(rows, columns), new long[] {1, rows + gap}, 0);
  }

  private Function<Device, Kernel> product(DType dtype, Layout a, Layout b, Layout c) {
    short[] left = numbers(dtype, a.end());
    short[] right = numbers(dtype, b.end());
    short[] before = numbers(dtype, c.end());
    return on ->
        new Kernel.Contract(
            put(on, dtype, left, a),
            put(on, dtype, right, b),
            put(on, dtype, before, c),
            1,
            0,
            null,
            new Operand[0],
            Params.NONE);
  }

  private static int count(String word, String text) {
    return text.split(Pattern.quote(word), -1).length - 1;
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  @DisplayName("odd sizes are read one by one, in all orders of memory")
  void oddSizes(DType dtype) {
    for (Layout a : List.of(rows(37, 45), columns(37, 45, 3))) {
      for (Layout b : List.of(rows(45, 51), columns(45, 51, 0))) {
        String text = agree(product(dtype, a, b, rows(37, 51)));
        assertEquals(8, count("mma.sync", text));
        assertEquals(0, count("ld.global.v4", text));
        int transposed = (a.stride(0) == 1 ? 4 : 0) + (b.stride(1) == 1 ? 2 : 0);
        assertEquals(transposed, count(".trans.", text));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  @DisplayName("what is aligned is read eight at a time, in all orders of memory")
  void chunks(DType dtype) {
    for (Layout a : List.of(rows(40, 72), columns(40, 72, 8))) {
      for (Layout b : List.of(rows(72, 56), columns(72, 56, 0))) {
        String text = agree(product(dtype, a, b, rows(40, 56)));
        assertEquals(4, count("ld.global.v4", text));
      }
    }
    Layout shifted = Layout.of(Shape.of(40, 72), new long[] {72, 1}, 4);
    assertEquals(
        2, count("ld.global.v4", agree(product(dtype, shifted, rows(72, 56), rows(40, 56)))));
  }

  @Test
  @DisplayName("large products are made of large tiles, all of whose parts are right")
  void largeTiles() {
    String text =
        agree(product(DType.BF16, rows(264, 40), columns(40, 256, 0), columns(264, 256, 5)));
    assertEquals(32, count("mma.sync", text));
  }

  @Test
  @DisplayName("batches, alpha, beta and an epilogue are those of other products")
  void epilogue() {
    Layout a = rows(3, 24, 16);
    Layout b = Layout.of(Shape.of(3, 16, 32), new long[] {0, 32, 1}, 0);
    Layout c = rows(3, 24, 32);
    Layout bias = Layout.of(Shape.of(3, 24, 32), new long[] {0, 0, 1}, 0);
    short[] left = numbers(DType.F16, a.end());
    short[] right = numbers(DType.F16, b.end());
    short[] before = numbers(DType.F16, c.end());
    short[] added = numbers(DType.F16, bias.end());
    Program epilogue =
        Program.of(
            List.of(ComputeType.F32, ComputeType.F32),
            Expr.of(
                ScalarOp.MAX,
                Expr.of(
                    ScalarOp.ADD, Expr.input(0, ComputeType.F32), Expr.input(1, ComputeType.F32)),
                Expr.constant(ComputeType.F32, 0.0)));
    agree(
        on ->
            new Kernel.Contract(
                put(on, DType.F16, left, a),
                put(on, DType.F16, right, b),
                put(on, DType.F16, before, c),
                2,
                -1,
                epilogue,
                new Operand[] {put(on, DType.F16, added, bias)},
                Params.NONE));
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  @DisplayName("convolutions are products, too")
  void convolution(DType dtype) {
    short[] in = numbers(dtype, 2 * 6 * 9 * 8);
    short[] weight = numbers(dtype, 36 * 3 * 3 * 2);
    String text =
        agree(
            on ->
                new Kernel.Convolve(
                    put(on, dtype, in, rows(2, 6, 9, 8)),
                    put(on, dtype, weight, rows(36, 3, 3, 2)),
                    null,
                    put(on, dtype, new short[2 * 36 * 5 * 9], rows(2, 36, 5, 9)),
                    new int[] {2, 1},
                    new int[] {1, 1},
                    new int[] {1, 1},
                    new int[] {1, 1},
                    2));
    assertEquals(8, count("mma.sync", text));
  }

  @Test
  @DisplayName("GPUs without such tensor cores, and other types, have other code")
  void others() {
    Kernel halves = product(DType.F16, rows(64, 64), rows(64, 64), rows(64, 64)).apply(emulated);
    assertEquals(0, count("mma.sync", text(halves, 75)));
    assertEquals(8, count("mma.sync", text(halves, 80)));
    assertTrue(text(halves, 75).contains(".target sm_70"));
    assertTrue(text(halves, 90).contains(".target sm_80"));
    assertEquals(
        TileShape.SMALL,
        TileShape.of(16, 64, 1, DType.F16, 0, true, new DeviceTraits(90, 2, 48 << 10, 32)));
    assertFalse(
        TileShape.of(64, 64, 1, DType.F32, 0, false, new DeviceTraits(90, 2, 48 << 10, 32))
            .onTensorCores());
  }
}
