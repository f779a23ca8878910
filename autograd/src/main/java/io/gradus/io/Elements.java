package io.gradus.io;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Raw elements between files and tensors, a piece at a time. */
final class Elements {
  private static final int PIECE = 1 << 16;
  private static final int MOST_DIMENSIONS = 64;
  private static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  private Elements() {}

  /** The number of bytes of a shape, with all that could go wrong about it checked. */
  static long bytes(Where where, DType dtype, long[] sizes) {
    if (sizes.length > MOST_DIMENSIONS) {
      throw where.malformed("%d dimensions, expected at most %d", sizes.length, MOST_DIMENSIONS);
    }
    boolean empty = false;
    for (long size : sizes) {
      if (size < 0) {
        throw where.malformed("a size of %d, expected 0 or more", size);
      }
      empty |= size == 0;
    }
    long n = empty ? 0 : 1;
    for (long size : sizes) {
      // Also sizes next to a 0 must be addressable: strides are products of them.
      long factor = Math.max(size, 1);
      long before = empty ? 1 : n;
      if (Math.multiplyHigh(before, factor) != 0
          || before * factor < 0
          || before * factor > MOST_ELEMENTS) {
        throw where.malformed(
            "sizes %s are more elements than the %d a tensor can have",
            Where.clip(Arrays.toString(sizes)), MOST_ELEMENTS);
      }
      n = empty ? 0 : before * factor;
    }
    return n * dtype.byteSize();
  }

  /** A tensor with a copy of bytes that hold exactly its elements. */
  static Tensor read(
      Where where, MemorySegment bytes, DType dtype, Layout layout, ByteOrder order) {
    int size = dtype.byteSize();
    Device device = Backends.defaultDevice();
    Storage storage = device.allocate(dtype, bytes.byteSize() / size);
    if (dtype == DType.BOOL) {
      checkTruth(where, bytes, 0);
    }
    if (order == ByteOrder.nativeOrder() || size == 1) {
      device.upload(bytes, storage, 0);
    } else {
      for (long at = 0; at < bytes.byteSize(); at += PIECE) {
        MemorySegment piece = bytes.asSlice(at, Math.min(PIECE, bytes.byteSize() - at));
        device.upload(swapped(piece, size), storage, at / size);
      }
    }
    return Internals.fresh(new Operand(storage, dtype, layout));
  }

  /** A tensor of the next {@code n} elements of a stream, row-major. */
  static Tensor read(
      Where where, InputStream in, DType dtype, Layout layout, long n, ByteOrder order)
      throws IOException {
    int size = dtype.byteSize();
    Device device = Backends.defaultDevice();
    Storage storage = device.allocate(dtype, n);
    byte[] buffer = new byte[(int) Math.min(PIECE, Math.max(n * size, 1))];
    for (long at = 0; at < n * size; ) {
      int want = (int) Math.min(buffer.length, n * size - at);
      int got = in.readNBytes(buffer, 0, want);
      if (got < want) {
        throw where.malformed("the elements end after %d bytes, expected %d", at + got, n * size);
      }
      MemorySegment piece = MemorySegment.ofArray(buffer).asSlice(0, want);
      if (dtype == DType.BOOL) {
        checkTruth(where, piece, at);
      }
      boolean same = order == ByteOrder.nativeOrder() || size == 1;
      device.upload(same ? piece : swapped(piece, size), storage, at / size);
      at += want;
    }
    return Internals.fresh(new Operand(storage, dtype, layout));
  }

  private static void checkTruth(Where where, MemorySegment bytes, long from) {
    for (long i = 0; i < bytes.byteSize(); i++) {
      byte b = bytes.get(ValueLayout.JAVA_BYTE, i);
      if (b != 0 && b != 1) {
        throw where.malformed("element %d of a bool tensor is %d, expected 0 or 1", from + i, b);
      }
    }
  }

  private static MemorySegment swapped(MemorySegment piece, int size) {
    byte[] to = new byte[(int) piece.byteSize()];
    for (int i = 0; i < to.length; i++) {
      to[i] = piece.get(ValueLayout.JAVA_BYTE, i - i % size + size - 1 - i % size);
    }
    return MemorySegment.ofArray(to);
  }

  /** Writes the elements, row-major and little-endian. */
  static void write(Tensor tensor, OutputStream out) throws IOException {
    Tensor t = tensor.detach().to(Device.cpu());
    // A view may hide strides or an offset: the copy has neither.
    Tensor plain = t.isContiguous() ? t : t.cloneContiguous();
    Operand data = Internals.operand(plain);
    int size = t.dtype().byteSize();
    long total = plain.numel() * size;
    byte[] buffer = new byte[(int) Math.min(PIECE, Math.max(total, 1))];
    for (long at = 0; at < total; ) {
      int n = (int) Math.min(buffer.length, total - at);
      MemorySegment piece = MemorySegment.ofArray(buffer).asSlice(0, n);
      plain.device().download(data.storage(), data.layout().offset() + at / size, piece);
      if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN && size > 1) {
        piece = swapped(piece, size);
      }
      out.write(piece.toArray(ValueLayout.JAVA_BYTE), 0, n);
      at += n;
    }
  }

  /** Row-major. */
  static Layout layout(long[] sizes) {
    return Layout.of(Shape.of(sizes));
  }

  /** Column-major. */
  static Layout fortran(long[] sizes) {
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int d = 0; d < sizes.length; d++) {
      strides[d] = stride;
      stride *= Math.max(sizes[d], 1);
    }
    return Layout.of(Shape.of(sizes), strides, 0);
  }
}
