package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The small files that NumPy and PyTorch wrote (oracle/io_files.py), and what is in them. */
final class SampleFiles {
  private SampleFiles() {}

  static byte[] bytes(String name) {
    try (InputStream in =
        Objects.requireNonNull(SampleFiles.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file, copied into a directory. */
  static Path in(Path directory, String name) {
    return in(directory, name, bytes(name));
  }

  static Path in(Path directory, String name, byte[] bytes) {
    try {
      return Files.write(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers from -2 on (u8: from 0; bool: every third true) as [2, 3]. */
  static Tensor ramp(DType dtype) {
    if (dtype == DType.BOOL) {
      return Tensor.tensor(true, false, false, true, false, false).view(2, 3);
    }
    return Tensor.arange(6).sub(dtype == DType.U8 ? 0 : 2).to(dtype).view(2, 3);
  }

  /** What {@code every.*} holds. */
  static Map<String, Tensor> every() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      all.put(dtype.longName(), ramp(dtype));
    }
    all.put("scalar", Tensor.full(new long[0], 1.5));
    all.put("empty", Tensor.zeros(0, 4));
    return all;
  }

  static boolean same(Tensor a, Tensor b) {
    return a.dtype() == b.dtype()
        && a.shape().equals(b.shape())
        && java.util.Arrays.equals(a.doubleArray(), b.doubleArray());
  }
}
