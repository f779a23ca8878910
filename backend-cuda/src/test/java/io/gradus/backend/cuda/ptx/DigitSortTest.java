package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.tck.Case;
import io.gradus.tck.Suite;
import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorts by digits, also of lines that are short enough for other ways; order shuffled. */
class DigitSortTest {
  private static final int TILE = DigitMoveSource.TILE;

  private final Random random = new Random(5);

  private static EmulatedDevice device(boolean wide, int multiprocessors) {
    return new EmulatedDevice(new Planner(new Sources(wide, true, false)), 9, multiprocessors);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("a sample of the conformance suite's sorts agrees: NaN, -0, ties, strides")
  void conforms(boolean wide) {
    EmulatedDevice device = device(wide, 2);
    List<Case> all = Suite.SORT.cases().toList();
    for (int i = wide ? 2 : 0; i < all.size(); i += wide ? 16 : 4) {
      all.get(i).run(device);
    }
    assertEquals(List.of(), device.findings.take());
  }

  /** Bytes of elements of which many are equal. */
  private byte[] contents(DType dtype, long count) {
    byte[] bytes = new byte[Math.toIntExact(count * dtype.byteSize())];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      boolean isBool = dtype == DType.BOOL;
      bytes[i] = (byte) (isBool ? bytes[i] & 1 : random.nextInt(3) == 0 ? 0 : bytes[i]);
    }
    return bytes;
  }

  private static Operand put(Device device, DType dtype, byte[] contents, Layout layout) {
    Storage storage = device.allocate(dtype, contents.length / dtype.byteSize());
    device.upload(MemorySegment.ofArray(contents), storage, 0);
    return new Operand(storage, dtype, layout);
  }

  private static byte[] get(Operand operand) {
    byte[] bytes = new byte[Math.toIntExact(operand.storage().byteSize())];
    operand.storage().device().download(operand.storage(), 0, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** Sorts on a device: positions as on the reference, values the very bits that were there. */
  private void agree(EmulatedDevice device, DType dtype, Layout in, int axis, boolean descending) {
    byte[] contents = contents(dtype, in.numel());
    Layout dense = Layout.of(in.shape());
    byte[][] positions = new byte[2][];
    byte[] values = {};
    for (Device on : List.of(new ReferenceDevice(), device)) {
      Operand sorted = put(on, dtype, new byte[contents.length], dense);
      Operand at = put(on, DType.I64, new byte[Math.toIntExact(8 * in.numel())], dense);
      on.run(new Kernel.Sort(put(on, dtype, contents, in), axis, descending, sorted, at));
      positions[on == device ? 1 : 0] = get(at);
      values = get(sorted);
    }
    assertArrayEquals(positions[0], positions[1]);
    assertArrayEquals(gathered(contents, dtype.byteSize(), positions[1], in.shape(), axis), values);
    assertEquals(List.of(), device.findings.take());
  }

  private static byte[] gathered(byte[] from, int bytes, byte[] positions, Shape shape, int axis) {
    LongBuffer at = ByteBuffer.wrap(positions).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    int step = axis == shape.rank() - 1 ? 1 : Math.toIntExact(shape.size(shape.rank() - 1));
    int length = Math.toIntExact(shape.size(axis));
    byte[] to = new byte[from.length];
    for (int i = 0; i < at.limit(); i++) {
      int line = i - i / step % length * step;
      int source = line + (int) at.get(i) * step;
      System.arraycopy(from, source * bytes, to, i * bytes, bytes);
    }
    return to;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  @DisplayName("lines of many tiles, in pieces of several, with arbitrary bits")
  void longLines(DType dtype) {
    int length = 3 * TILE + 77;
    EmulatedDevice device = device(false, 1);
    agree(device, dtype, Layout.of(Shape.of(3, length)), 1, dtype.ordinal() % 2 == 0);
  }

  @Test
  @DisplayName("columns of a matrix")
  void columns() {
    EmulatedDevice device = device(false, 2);
    agree(device, DType.I16, Layout.of(Shape.of(TILE + 300, 3)), 0, false);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("more pieces than a warp has threads")
  void manyPieces(boolean wide) {
    EmulatedDevice device = device(wide, 16);
    agree(device, DType.U8, Layout.of(Shape.of(70 * TILE - 5)), 0, true);
  }
}
