package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Params;
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

/**
 * Products of float32 on tensor cores, where the user lets them be rounded to TF32. The numbers are
 * small and whole, so that nothing is lost and sums are exact in any order.
 */
class TensorFloatsTest {
  private final Planner planner = new Planner(true);
  private final EmulatedDevice emulated = new EmulatedDevice(planner, 5);
  private final Random random = new Random(3);

  @AfterEach
  void nothingIsWrong() {
    assertEquals(List.of(), emulated.findings.take());
  }

  private float[] numbers(long count) {
    float[] numbers = new float[Math.toIntExact(count)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextInt(9) - 4;
    }
    return numbers;
  }

  private static Operand put(Device device, float[] numbers, Layout layout) {
    Storage storage = device.allocate(DType.F32, numbers.length);
    device.upload(MemorySegment.ofArray(numbers), storage, 0);
    return new Operand(storage, DType.F32, layout);
  }

  private static float[] get(Operand operand) {
    float[] numbers = new float[Math.toIntExact(operand.storage().size())];
    operand.storage().device().download(operand.storage(), 0, MemorySegment.ofArray(numbers));
    return numbers;
  }

  private static String text(Planner planner, Kernel kernel, int computeCapability) {
    DeviceTraits traits = new DeviceTraits(computeCapability, 2, 48 << 10, 32);
    return ((Step.Launch) planner.plan(kernel, traits).steps().getFirst()).source().text();
  }

  private static int products(String text) {
    String word = "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32";
    return text.split(Pattern.quote(word), -1).length - 1;
  }

  /** Runs on both devices, compares all memory of the result, and counts the instructions. */
  private int agree(Function<Device, Kernel> build) {
    Kernel want = build.apply(new ReferenceDevice());
    want.outputs()[0].storage().device().run(want);
    Kernel got = build.apply(emulated);
    emulated.run(got);
    assertArrayEquals(get(want.outputs()[0]), get(got.outputs()[0]));
    return products(text(planner, got, 80));
  }

  private static Kernel product(Operand a, Operand b, Operand c, double beta) {
    return new Kernel.Contract(a, b, c, 2, beta, null, new Operand[0], Params.NONE);
  }

  private Function<Device, Kernel> product(Layout a, Layout b, Layout c) {
    float[] left = numbers(a.end());
    float[] right = numbers(b.end());
    float[] before = numbers(c.end());
    return on -> product(put(on, left, a), put(on, right, b), put(on, before, c), -1);
  }

  private static Layout rows(long... sizes) {
    return Layout.of(Shape.of(sizes));
  }

  private static Layout columns(long rows, long columns) {
    return Layout.of(Shape.of(rows, columns), new long[] {1, rows + 3}, 0);
  }

  @Test
  @DisplayName("products of all sizes and orders of memory, with alpha and beta")
  void products() {
    for (Layout a : List.of(rows(37, 45), columns(37, 45))) {
      for (Layout b : List.of(rows(45, 51), columns(45, 51))) {
        assertEquals(8, agree(product(a, b, rows(37, 51))));
      }
    }
    assertEquals(8, agree(product(rows(3, 24, 16), rows(3, 16, 32), rows(3, 24, 32))));
    assertEquals(32, agree(product(rows(264, 20), columns(20, 256), columns(264, 256))));
  }

  @Test
  @DisplayName("convolutions are products, too")
  void convolution() {
    float[] in = numbers(2 * 6 * 9 * 8);
    float[] weight = numbers(36 * 3 * 3 * 2);
    int products =
        agree(
            on ->
                new Kernel.Convolve(
                    put(on, in, rows(2, 6, 9, 8)),
                    put(on, weight, rows(36, 3, 3, 2)),
                    null,
                    put(on, new float[2 * 36 * 5 * 9], rows(2, 36, 5, 9)),
                    new int[] {2, 1},
                    new int[] {1, 1},
                    new int[] {1, 1},
                    new int[] {1, 1},
                    2));
    assertEquals(8, products);
  }

  @Test
  @DisplayName("factors are rounded to 10 bits, halves away from zero; sums are not")
  void rounding() {
    float[] a = new float[32 * 32];
    float[] b = new float[32 * 32];
    float unit = 0x1p-10f;
    a[0] = 1 + unit / 2;
    a[1] = -1 - unit / 2;
    a[2] = 1 + unit / 4;
    for (int i = 0; i < 32; i++) {
      b[32 * i + i] = 1;
      a[32 + i] = 1;
    }
    b[1] = unit * unit;
    Operand out = put(emulated, new float[32 * 32], rows(32, 32));
    emulated.run(product(put(emulated, a, rows(32, 32)), put(emulated, b, rows(32, 32)), out, 0));
    float[] results = get(out);
    assertEquals(2 * (1 + unit), results[0]);
    assertEquals(2 * (-1 - unit + (1 + unit) * unit * unit), results[1]);
    assertEquals(2, results[2]);
    assertEquals(2 * (1 + unit * unit), results[33]);
  }

  @Test
  @DisplayName("without leave, and on GPUs without such tensor cores, nothing is rounded")
  void others() {
    Kernel floats = product(rows(64, 64), rows(64, 64), rows(64, 64)).apply(emulated);
    assertEquals(0, products(text(new Planner(false), floats, 90)));
    assertEquals(0, products(text(planner, floats, 75)));
    assertEquals(8, products(text(planner, floats, 80)));
  }
}
