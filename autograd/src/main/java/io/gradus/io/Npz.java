package io.gradus.io;

import io.gradus.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Archives of NumPy's arrays by name ({@code numpy.savez}, {@code savez_compressed}).
 *
 * <p>What {@link Npy} says of an array holds for each. A file in the archive that is not {@code
 * .npy} is refused.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /** {@link #read(Path, Limits)} with the usual limits. */
  public static Map<String, Tensor> read(Path path) {
    return read(path, Limits.DEFAULT);
  }

  /**
   * All arrays by name, in the order of the file.
   *
   * @throws io.gradus.tensor.error.FormatException for a malformed file, or one beyond the limits
   */
  public static Map<String, Tensor> read(Path path, Limits limits) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    try (ZipReader zip = new ZipReader("npz", path, limits)) {
      for (String name : zip.names()) {
        if (!name.endsWith(SUFFIX)) {
          throw zip.where().key(name).malformed("expected a name that ends in .npy");
        }
        String key = name.substring(0, name.length() - SUFFIX.length());
        arrays.put(key, zip.read(name, (at, in, size) -> Npy.read(at, in, size, limits)));
      }
    }
    return arrays;
  }

  /**
   * Writes arrays, not compressed; replaces the file when all is written.
   *
   * @throws io.gradus.tensor.error.DTypeException for bf16, which NumPy has not
   */
  public static void write(Path path, Map<String, ? extends Tensor> arrays) {
    arrays.values().forEach(t -> NpyHeader.checkWritable(t.dtype()));
    AtomicFile.write(
        path,
        out -> {
          try (ZipWriter zip = new ZipWriter(out)) {
            for (Map.Entry<String, ? extends Tensor> array : arrays.entrySet()) {
              zip.add(array.getKey() + SUFFIX, to -> Npy.write(to, array.getValue()));
            }
          }
        });
  }
}
