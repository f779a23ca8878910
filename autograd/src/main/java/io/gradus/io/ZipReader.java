package io.gradus.io;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip archive from outside: names that stay inside, sizes within limits, contents that match
 * their checksums.
 */
final class ZipReader implements AutoCloseable {
  private final ZipFile zip;
  private final Where where;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();

  /** Reads one entry. */
  interface Body<T> {
    T read(Where where, InputStream in, long size) throws IOException;
  }

  ZipReader(String format, Path path, Limits limits) {
    where = Where.file(format, String.valueOf(path.getFileName()));
    try {
      zip = new ZipFile(path.toFile());
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new UncheckedIOException(e);
    } catch (IOException | IllegalArgumentException e) {
      throw where.malformed(e, "not a zip archive: %s", Where.clip(e.getMessage()));
    }
    try {
      index(limits);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void index(Limits limits) {
    limits.checkEntries(where, zip.size());
    long total = 0;
    for (ZipEntry entry : Collections.list(zip.entries())) {
      Where at = where.key(entry.getName());
      checkName(at, entry.getName());
      if (entry.isDirectory()) {
        continue;
      }
      if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
        throw at.malformed("compression method %d, expected stored or deflated", entry.getMethod());
      }
      long size = entry.getSize();
      long packed = entry.getCompressedSize();
      if (size < 0 || packed < 0 || entry.getMethod() == ZipEntry.STORED && size != packed) {
        throw at.malformed("sizes %d and compressed %d contradict each other", size, packed);
      }
      if (size > limits.expanded(packed)) {
        throw at.malformed(
            "%d bytes out of %d compressed ones are more than the limits allow; raise"
                + " Limits.maxRatio or maxBytes if the file is trusted",
            size, packed);
      }
      total += limits.checkBytes(at, size);
      limits.checkBytes(where, total);
      if (entries.put(entry.getName(), entry) != null) {
        throw at.malformed("the archive has two entries of this name");
      }
    }
  }

  private static void checkName(Where where, String name) {
    boolean escapes = name.isEmpty() || name.startsWith("/") || name.contains("\\");
    for (String part : name.split("/", -1)) {
      escapes |= part.equals("..") || part.equals(".");
    }
    if (escapes || name.indexOf('\0') >= 0 || name.matches("[A-Za-z]:.*")) {
      throw where.malformed("the name leaves the archive; expected a relative path");
    }
  }

  /** The place of the archive as a whole. */
  Where where() {
    return where;
  }

  /** The names of all files. */
  Set<String> names() {
    return Collections.unmodifiableSet(entries.keySet());
  }

  /** Whether there is a file of this name. */
  boolean has(String name) {
    return entries.containsKey(name);
  }

  /** The decompressed size of a file. */
  long size(String name) {
    return entry(name).getSize();
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw where.key(name).malformed("there is no such entry in the archive");
    }
    return entry;
  }

  /** Reads a file to its end and compares sizes and checksum. */
  <T> T read(String name, Body<T> body) {
    ZipEntry entry = entry(name);
    Where at = where.key(name);
    CRC32 crc = new CRC32();
    try (InputStream raw = zip.getInputStream(entry);
        InputStream in = new CheckedInputStream(new Bounded(raw, entry.getSize()), crc)) {
      T result = body.read(at, in, entry.getSize());
      long left = in.skip(Long.MAX_VALUE);
      if (left > 0 || in.read() >= 0 || raw.read() >= 0) {
        throw at.malformed("more bytes than the %d it should have", entry.getSize());
      }
      if (crc.getValue() != entry.getCrc()) {
        throw at.malformed(
            "CRC-32 %08x, expected %08x: the file is damaged", crc.getValue(), entry.getCrc());
      }
      return result;
    } catch (IOException e) {
      throw at.malformed(e, "the entry cannot be read: %s", Where.clip(e.getMessage()));
    }
  }

  /** The whole contents of a small file. */
  byte[] bytes(String name, Limits limits) {
    int size = limits.checkHeader(where.key(name), size(name));
    return read(
        name,
        (at, in, _) -> {
          byte[] bytes = in.readNBytes(size);
          if (bytes.length < size) {
            throw at.malformed("the entry ends after %d bytes, expected %d", bytes.length, size);
          }
          return bytes;
        });
  }

  /** At most as many bytes as the entry says. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      int b = super.read();
      left -= b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        return -1;
      }
      int n = super.read(to, offset, (int) Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = 0;
      byte[] buffer = new byte[512];
      while (skipped < n) {
        int got = read(buffer, 0, (int) Math.min(buffer.length, n - skipped));
        if (got < 0) {
          break;
        }
        skipped += got;
      }
      return skipped;
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
