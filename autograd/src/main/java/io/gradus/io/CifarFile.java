package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Images and labels of one file of CIFAR's binary version.
 *
 * <p>A record is a label and 3 x 32 x 32 bytes. Source: A. Krizhevsky, "Learning Multiple Layers of
 * Features from Tiny Images", 2009, and the data set's page.
 *
 * @param images u8 [N, 3, 32, 32]
 * @param labels i64 [N]
 */
public record CifarFile(Tensor images, Tensor labels) {
  private static final int PIXELS = 3 * 32 * 32;
  private static final int RECORD = 1 + PIXELS;

  /**
   * Reads a file.
   *
   * @param classes labels are below this number
   * @throws io.gradus.tensor.error.FormatException if it has no records or a part of one, or a
   *     label is out of range
   */
  public static CifarFile read(Path path, int classes) {
    try (Content content = Content.open(path)) {
      return read(content, classes, Limits.DEFAULT);
    }
  }

  static CifarFile read(Content content, int classes, Limits limits) {
    Where where = Where.file("cifar", content.name());
    long size = limits.checkBytes(where, content.size());
    if (size == 0 || size % RECORD != 0) {
      throw where.malformed("%d bytes, expected a multiple of %d, not 0", size, RECORD);
    }
    long n = size / RECORD;
    Elements.bytes(where, DType.U8, new long[] {n, RECORD});
    Tensor all =
        Elements.read(
            where,
            content.slice(where, 0, size),
            DType.U8,
            Elements.layout(new long[] {n, RECORD}),
            ByteOrder.LITTLE_ENDIAN);
    for (long i = 0; i < n; i++) {
      int label = content.slice(where, i * RECORD, 1).get(ValueLayout.JAVA_BYTE, 0) & 0xff;
      if (label >= classes) {
        throw where.offset(i * RECORD).malformed("label %d, expected 0 to %d", label, classes - 1);
      }
    }
    Tensor images = all.narrow(1, 1, PIXELS).cloneContiguous().view(n, 3, 32, 32);
    return new CifarFile(images, all.select(1, 0).to(DType.I64));
  }
}
