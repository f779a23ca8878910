package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tensors by name in one file, as the safetensors library of Hugging Face keeps them.
 *
 * <pre>{@code
 * Safetensors.write(path, model.stateDict());
 * try (Safetensors file = Safetensors.open(path)) {
 *   Tensor w = file.get("hidden.weight"); // only this one is read
 * }
 * }</pre>
 *
 * <p>All dtypes are read and written; F8, U16, U32 and U64 are refused. An open file is mapped and
 * must not shrink. Thread-safe. Source: the format's description in the safetensors repository.
 */
public final class Safetensors implements AutoCloseable {
  private static final int PREFIX = 8;

  private final Content content;
  private final Where where;
  private final SafetensorsHeader header;
  private final long start;

  private Safetensors(Content content, Limits limits) {
    this.content = content;
    where = Where.file("safetensors", content.name());
    long length = content.u64(where, 0);
    if (length < 0 || length > content.size() - PREFIX) {
      throw where
          .offset(0)
          .malformed(
              "a header of %s bytes in a file of %d",
              Long.toUnsignedString(length), content.size());
    }
    byte[] json = content.bytes(where, PREFIX, limits.checkHeader(where, length));
    start = PREFIX + length;
    header =
        SafetensorsHeader.parse(
            where, json, limits.checkBytes(where, content.size() - start), limits);
  }

  /** {@link #open(Path, Limits)} with the usual limits. */
  public static Safetensors open(Path path) {
    return open(path, Limits.DEFAULT);
  }

  /**
   * Opens a file and reads its header; tensors are read when they are asked for.
   *
   * @throws io.gradus.tensor.error.FormatException for a malformed file, or one beyond the limits
   */
  public static Safetensors open(Path path, Limits limits) {
    return open(Content.open(path), limits);
  }

  /** Opens bytes; they are closed with the result, or on failure. */
  public static Safetensors open(Content content, Limits limits) {
    try {
      return new Safetensors(content, limits);
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
  }

  /** All tensors of a file by name. */
  public static Map<String, Tensor> read(Path path) {
    try (Safetensors file = open(path)) {
      return file.all();
    }
  }

  /** The names of the tensors, in the order of the header. */
  public Set<String> names() {
    return Collections.unmodifiableSet(header.entries().keySet());
  }

  /** The free texts. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /** The type of a tensor, which is not read. */
  public DType dtype(String name) {
    return entry(name).dtype();
  }

  /** The shape of a tensor, which is not read. */
  public Shape shape(String name) {
    return Shape.of(entry(name).sizes());
  }

  private SafetensorsHeader.Entry entry(String name) {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new InvalidArgumentException(
          "[safetensors] %s has no tensor '%s'; it has %s"
              .formatted(content.name(), name, Where.clip(header.entries().keySet())));
    }
    return entry;
  }

  /**
   * A copy of a tensor.
   *
   * @throws InvalidArgumentException if there is none of this name
   */
  public Tensor get(String name) {
    SafetensorsHeader.Entry e = entry(name);
    MemorySegment bytes = content.slice(where, start + e.begin(), e.end() - e.begin());
    return Elements.read(
        where.key(name), bytes, e.dtype(), Elements.layout(e.sizes()), ByteOrder.LITTLE_ENDIAN);
  }

  /** Copies of all tensors by name. */
  public Map<String, Tensor> all() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names()) {
      tensors.put(name, get(name));
    }
    return tensors;
  }

  @Override
  public void close() {
    content.close();
  }

  /** Writes tensors; replaces the file when all is written. */
  public static void write(Path path, Map<String, ? extends Tensor> tensors) {
    write(path, tensors, Map.of());
  }

  /**
   * Writes tensors and free texts; replaces the file when all is written.
   *
   * @throws InvalidArgumentException for a tensor with the reserved name {@code __metadata__}
   */
  public static void write(
      Path path, Map<String, ? extends Tensor> tensors, Map<String, String> metadata) {
    if (tensors.containsKey(SafetensorsHeader.METADATA)) {
      throw new InvalidArgumentException(
          "[safetensors] the name __metadata__ is reserved; give the tensor another one");
    }
    // Wide elements first, so that each is aligned to its size; then by name, as the original does.
    List<String> names = new ArrayList<>(tensors.keySet());
    names.sort(
        Comparator.comparingInt((String name) -> -tensor(tensors, name).dtype().byteSize())
            .thenComparing(Comparator.naturalOrder()));
    Map<String, SafetensorsHeader.Entry> entries = new LinkedHashMap<>();
    long at = 0;
    for (String name : names) {
      Tensor t = tensor(tensors, name);
      long end = Math.addExact(at, t.numel() * t.dtype().byteSize());
      entries.put(name, new SafetensorsHeader.Entry(t.dtype(), t.shape().toArray(), at, end));
      at = end;
    }
    SafetensorsHeader header = new SafetensorsHeader(entries, metadata);
    AtomicFile.write(
        path,
        out -> {
          byte[] text = header.text();
          ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
          out.write(prefix.putLong(text.length).array());
          out.write(text);
          for (String name : names) {
            Elements.write(tensor(tensors, name), out);
          }
        });
  }

  private static Tensor tensor(Map<String, ? extends Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name));
  }
}
