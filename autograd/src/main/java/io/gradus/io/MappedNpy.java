package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * An array of NumPy that stays in its file: rows become tensors when they are asked for.
 *
 * <p>For arrays larger than memory. The file must be row-major, and must not shrink while it is
 * open. Thread-safe.
 */
public final class MappedNpy implements AutoCloseable {
  private final Content content;
  private final Where where;
  private final NpyHeader header;
  private final long rowBytes;

  private MappedNpy(Content content, Limits limits) {
    this.content = content;
    where = Where.file("npy", content.name());
    header = Npy.header(content, where, limits);
    long bytes = Elements.bytes(where, header.dtype(), header.sizes());
    if (header.sizes().length == 0 || header.fortran() && header.sizes().length > 1) {
      throw where.malformed(
          "rows can be mapped of a row-major array with dimensions only; read it whole");
    }
    if (content.size() - header.start() != bytes) {
      throw where.malformed(
          "%d bytes follow the header, expected %d", content.size() - header.start(), bytes);
    }
    rowBytes = header.sizes()[0] == 0 ? 0 : bytes / header.sizes()[0];
  }

  /**
   * Opens a file.
   *
   * @throws io.gradus.tensor.error.FormatException for a malformed file, and for one that is
   *     column-major
   */
  public static MappedNpy open(Path path) {
    return open(Content.open(path), Limits.DEFAULT);
  }

  static MappedNpy open(Content content, Limits limits) {
    try {
      return new MappedNpy(content, limits);
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
  }

  /** The shape of the whole array. */
  public Shape shape() {
    return Shape.of(header.sizes());
  }

  /** The type of the elements. */
  public DType dtype() {
    return header.dtype();
  }

  /** A copy of row {@code index}. */
  public Tensor row(long index) {
    return rows(index, index + 1).select(0, 0);
  }

  /**
   * A copy of the rows from {@code from} to before {@code to}.
   *
   * @throws TensorIndexException if there are no such rows
   */
  public Tensor rows(long from, long to) {
    long[] sizes = header.sizes().clone();
    if (from < 0 || to < from || to > sizes[0]) {
      throw new TensorIndexException(
          "[rows] rows %d to %d of an array with %d rows; the first is 0, and the last is not taken"
              .formatted(from, to, sizes[0]));
    }
    sizes[0] = to - from;
    MemorySegment rows =
        content.slice(where, header.start() + from * rowBytes, (to - from) * rowBytes);
    return Elements.read(where, rows, header.dtype(), Elements.layout(sizes), header.order());
  }

  @Override
  public void close() {
    content.close();
  }
}
