package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.io.PickleReader.Tuple;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code torch.save} wrote, and what {@code torch.load(weights_only=True)} reads.
 *
 * <p>A file is a zip archive with a pickle and the storages. Only tensors, dictionaries, lists,
 * tuples, numbers, strings, truth values and None are built; whatever else a pickle asks for is
 * refused by its name, and nothing of it runs. Files from before PyTorch 1.6 are refused: load and
 * save them again in PyTorch.
 */
public final class TorchFile {
  private static final String PICKLE = "data.pkl";

  private TorchFile() {}

  /** {@link #read(Path, Limits)} with the usual limits. */
  public static @Nullable Object read(Path path) {
    return read(path, Limits.DEFAULT);
  }

  /**
   * The object in a file: {@code Map}, {@code List} (lists and tuples), {@link Tensor}, {@code
   * Long}, {@code Double}, {@code String}, {@code Boolean} or null. Tensors that share a storage in
   * the file share it here; parameters are tensors without recording.
   *
   * @throws io.gradus.tensor.error.FormatException for a malformed file, one beyond the limits, or
   *     one that asks for anything else
   */
  public static @Nullable Object read(Path path, Limits limits) {
    try (ZipReader zip = new ZipReader("torch", path, limits)) {
      String root = root(zip);
      ByteOrder order = order(zip, root, limits);
      TorchGlobals globals = new TorchGlobals(zip, root, order, limits);
      byte[] pickle = zip.bytes(root + PICKLE, limits);
      Where where = zip.where().key(root + PICKLE);
      return plain(where, PickleReader.read(where, pickle, globals), new IdentityHashMap<>());
    }
  }

  /** {@link #readStateDict(Path, Limits)} with the usual limits. */
  public static Map<String, Tensor> readStateDict(Path path) {
    return readStateDict(path, Limits.DEFAULT);
  }

  /**
   * The tensors by name in a file that holds nothing else.
   *
   * @throws io.gradus.tensor.error.FormatException as {@link #read(Path, Limits)}, and for a file
   *     with anything but tensors by name
   */
  public static Map<String, Tensor> readStateDict(Path path, Limits limits) {
    Where where = Where.file("torch", String.valueOf(path.getFileName()));
    if (!(read(path, limits) instanceof Map<?, ?> map)) {
      throw where.malformed("the file holds no dictionary, expected tensors by name");
    }
    Map<String, Tensor> state = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name) || !(value instanceof Tensor t)) {
            throw where
                .key(String.valueOf(key))
                .malformed(
                    "%s, expected a tensor by name; read(path) gives the whole file",
                    PickleReader.kind(value));
          }
          state.put(name, t);
        });
    return state;
  }

  /** The folder of the archive that all names begin with. */
  private static String root(ZipReader zip) {
    List<String> found =
        zip.names().stream().filter(n -> n.equals(PICKLE) || n.endsWith("/" + PICKLE)).toList();
    if (found.size() != 1) {
      throw zip.where()
          .malformed("%d files named data.pkl, expected 1 as torch.save writes", found.size());
    }
    return found.get(0).substring(0, found.get(0).length() - PICKLE.length());
  }

  private static ByteOrder order(ZipReader zip, String root, Limits limits) {
    String name = root + "byteorder";
    if (!zip.has(name)) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    String order = new String(zip.bytes(name, limits), StandardCharsets.ISO_8859_1);
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw zip.where()
              .key(name)
              .malformed("byte order '%s', expected little or big", Where.clip(order));
    };
  }

  /** Tuples as lists, inside dictionaries and lists too; what was shared stays shared. */
  private static @Nullable Object plain(
      Where where, @Nullable Object value, Map<Object, @Nullable Object> done) {
    if (value == null
        || value instanceof Tensor
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    if (done.containsKey(value)) {
      return done.get(value);
    }
    Object result =
        switch (value) {
          case Tuple tuple -> list(where, tuple.items(), done);
          case List<?> list -> list(where, list, done);
          case Map<?, ?> map -> {
            Map<Object, @Nullable Object> to = new LinkedHashMap<>();
            map.forEach((k, v) -> to.put(k, plain(where, v, done)));
            yield Collections.unmodifiableMap(to);
          }
          default -> throw where.malformed("%s is not data by itself", PickleReader.kind(value));
        };
    done.put(value, result);
    return result;
  }

  private static List<@Nullable Object> list(
      Where where, List<?> items, Map<Object, @Nullable Object> done) {
    List<@Nullable Object> to = new ArrayList<>();
    for (Object item : items) {
      to.add(plain(where, item, done));
    }
    return Collections.unmodifiableList(to);
  }

  /**
   * Writes an object of the kinds that {@link #read(Path)} gives; replaces the file when all is
   * written. Tensors are written row-major, each with a storage of its own.
   *
   * @throws io.gradus.tensor.error.InvalidArgumentException for any other kind of object
   */
  public static void write(Path path, Object value) {
    PickleWriter pickle = new PickleWriter();
    byte[] bytes = pickle.write(value);
    AtomicFile.write(
        path,
        out -> {
          try (ZipWriter zip = new ZipWriter(out)) {
            zip.add("archive/data.pkl", bytes);
            zip.add("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            int i = 0;
            for (Tensor t : pickle.storages()) {
              zip.add("archive/data/" + i++, t);
            }
            zip.add("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
          }
        });
  }
}
