package io.gradus.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file: mapped, so that only what is used is read, or in memory.
 *
 * <p>Every read is checked against the size.
 */
public final class Content implements AutoCloseable {
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final MemorySegment bytes;
  private final @Nullable Arena arena;

  private Content(String name, MemorySegment bytes, @Nullable Arena arena) {
    this.name = name;
    this.bytes = bytes;
    this.arena = arena;
  }

  /** Maps a file. It must not shrink while it is open. */
  public static Content open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Arena arena = Arena.ofShared();
      try {
        MemorySegment map =
            channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena).asReadOnly();
        return new Content(String.valueOf(path.getFileName()), map, arena);
      } catch (IOException | RuntimeException e) {
        arena.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes that are in memory already, with a name for messages; not copied. */
  public static Content of(String name, byte[] bytes) {
    return new Content(name, MemorySegment.ofArray(bytes).asReadOnly(), null);
  }

  /** The name that messages use. */
  public String name() {
    return name;
  }

  /** The number of bytes. */
  public long size() {
    return bytes.byteSize();
  }

  /** A part of the bytes, which must be inside. */
  MemorySegment slice(Where where, long offset, long length) {
    check(where, offset, length);
    return bytes.asSlice(offset, length);
  }

  /** A copy of a part of the bytes. */
  byte[] bytes(Where where, long offset, int length) {
    return slice(where, offset, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Characters of one byte. */
  String latin1(Where where, long offset, int length) {
    return new String(bytes(where, offset, length), StandardCharsets.ISO_8859_1);
  }

  int u8(Where where, long offset) {
    check(where, offset, 1);
    return bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
  }

  int u16(Where where, long offset) {
    check(where, offset, 2);
    return bytes.get(U16, offset) & 0xffff;
  }

  long u32(Where where, long offset) {
    check(where, offset, 4);
    return bytes.get(U32, offset) & 0xffffffffL;
  }

  /** Negative for numbers beyond 2^63-1. */
  long u64(Where where, long offset) {
    check(where, offset, 8);
    return bytes.get(U64, offset);
  }

  private void check(Where where, long offset, long length) {
    if (offset < 0 || length < 0 || offset > size() || length > size() - offset) {
      throw where.malformed(
          "the file ends at byte %d, but %d bytes from offset %d on are needed",
          size(), length, offset);
    }
  }

  /** Unmaps the file; slices are no longer valid. */
  @Override
  public void close() {
    if (arena != null) {
      arena.close();
    }
  }
}
