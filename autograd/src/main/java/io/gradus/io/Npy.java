package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.layout.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Arrays of NumPy, one a file ({@code numpy.save}).
 *
 * <p>Read: format versions 1 to 3, both byte orders, row- and column-major, dtypes f16 f32 f64 u8
 * i8 i16 i32 i64 bool. Written: version 1, little-endian, row-major. NumPy's objects, structures,
 * complex and wider unsigned numbers are refused. Format: NumPy Enhancement Proposal 1.
 */
public final class Npy {
  private static final int HEAD = 12;

  private Npy() {}

  /** {@link #read(Path, Limits)} with the usual limits. */
  public static Tensor read(Path path) {
    return read(path, Limits.DEFAULT);
  }

  /**
   * The array in a file; one that is column-major keeps its strides.
   *
   * @throws io.gradus.tensor.error.FormatException for a malformed file
   * @throws UncheckedIOException for one that cannot be read
   */
  public static Tensor read(Path path, Limits limits) {
    try (Content content = Content.open(path)) {
      return read(content, limits);
    }
  }

  /** The array in bytes. */
  public static Tensor read(Content content, Limits limits) {
    Where where = Where.file("npy", content.name());
    NpyHeader header = header(content, where, limits);
    long bytes = limits.checkBytes(where, Elements.bytes(where, header.dtype(), header.sizes()));
    if (content.size() - header.start() != bytes) {
      throw where.malformed(
          "%d bytes follow the header, expected %d for %s %s",
          content.size() - header.start(), bytes, header.dtype(), Arrays.toString(header.sizes()));
    }
    return Elements.read(
        where,
        content.slice(where, header.start(), bytes),
        header.dtype(),
        layout(header),
        header.order());
  }

  static NpyHeader header(Content content, Where where, Limits limits) {
    long most = Math.min(content.size(), HEAD + (long) limits.maxHeaderBytes());
    // The length of the header stands in its first bytes: no more than that is copied.
    int length =
        content.size() < HEAD
            ? (int) content.size()
            : (int)
                Math.min(
                    most,
                    content.u8(where, 6) == 1
                        ? HEAD + content.u16(where, 8)
                        : HEAD + content.u32(where, 8));
    try (InputStream in = new ByteArrayInputStream(content.bytes(where, 0, length))) {
      return NpyHeader.read(where, in, limits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An array out of a stream that has just as many bytes as it says. */
  static Tensor read(Where where, InputStream in, long size, Limits limits) throws IOException {
    NpyHeader header = NpyHeader.read(where, in, limits);
    long bytes = limits.checkBytes(where, Elements.bytes(where, header.dtype(), header.sizes()));
    if (size - header.start() != bytes) {
      throw where.malformed(
          "%d bytes follow the header, expected %d for %s %s",
          size - header.start(), bytes, header.dtype(), Arrays.toString(header.sizes()));
    }
    long n = bytes / header.dtype().byteSize();
    return Elements.read(where, in, header.dtype(), layout(header), n, header.order());
  }

  private static Layout layout(NpyHeader header) {
    return header.fortran() ? Elements.fortran(header.sizes()) : Elements.layout(header.sizes());
  }

  /**
   * Writes an array; replaces the file when all is written.
   *
   * @throws DTypeException for bf16, which NumPy has not
   */
  public static void write(Path path, Tensor tensor) {
    NpyHeader.checkWritable(tensor.dtype());
    AtomicFile.write(path, out -> write(out, tensor));
  }

  static void write(OutputStream out, Tensor tensor) throws IOException {
    NpyHeader.write(out, tensor.dtype(), tensor.shape().toArray());
    Elements.write(tensor, out);
  }
}
