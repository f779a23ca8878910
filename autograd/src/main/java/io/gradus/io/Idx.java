package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Arrays in the format of the MNIST files, packed with gzip or not.
 *
 * <p>Two zeros, the type, the number of dimensions, the sizes (big-endian, 32 bits), the elements
 * (big-endian); dtypes u8 i8 i16 i32 f32 f64. Source: the page of the MNIST database, LeCun et al.
 */
public final class Idx {
  private static final int HEAD = 4;

  private Idx() {}

  /** {@link #read(Path, Limits)} with the usual limits. */
  public static Tensor read(Path path) {
    return read(path, Limits.DEFAULT);
  }

  /**
   * The array in a file.
   *
   * @throws io.gradus.tensor.error.FormatException for a malformed file, or one beyond the limits
   */
  public static Tensor read(Path path, Limits limits) {
    try (Content content = Content.open(path)) {
      return read(content, limits);
    }
  }

  /** The array in bytes. */
  public static Tensor read(Content packed, Limits limits) {
    Where where = Where.file("idx", packed.name());
    Content content = Gzip.unpacked(where, packed, limits);
    int magic = content.u16(where, 0);
    int dimensions = content.u8(where, 3);
    if (magic != 0) {
      throw where.offset(0).malformed("bytes 0x%04x, expected two zeros", magic);
    }
    DType dtype = dtype(where, content.u8(where, 2));
    long[] sizes = new long[dimensions];
    for (int d = 0; d < dimensions; d++) {
      sizes[d] =
          Integer.toUnsignedLong(Integer.reverseBytes((int) content.u32(where, HEAD + 4L * d)));
    }
    long bytes = limits.checkBytes(where, Elements.bytes(where, dtype, sizes));
    long start = HEAD + 4L * dimensions;
    if (content.size() - start != bytes) {
      throw where.malformed(
          "%d bytes follow the header, expected %d for %s %s",
          content.size() - start, bytes, dtype, Arrays.toString(sizes));
    }
    return Elements.read(
        where,
        content.slice(where, start, bytes),
        dtype,
        Elements.layout(sizes),
        ByteOrder.BIG_ENDIAN);
  }

  private static DType dtype(Where where, int code) {
    return switch (code) {
      case 0x08 -> DType.U8;
      case 0x09 -> DType.I8;
      case 0x0b -> DType.I16;
      case 0x0c -> DType.I32;
      case 0x0d -> DType.F32;
      case 0x0e -> DType.F64;
      default ->
          throw where.offset(2).malformed("type 0x%02x, expected 0x08, 0x09 or 0x0b to 0x0e", code);
    };
  }
}
