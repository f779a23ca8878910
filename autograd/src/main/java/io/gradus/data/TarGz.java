package io.gradus.data;

import io.gradus.io.AtomicFile;
import io.gradus.tensor.error.FormatException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Takes files of known names out of a gzipped tar archive; nothing else of it is written.
 *
 * <p>The format is POSIX.1-1988 (ustar): headers of 512 bytes, each before its file, which is
 * filled up to a multiple of 512.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME_END = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_END = 136;
  private static final int SUM_AT = 148;
  private static final int SUM_END = 156;
  private static final int KIND_AT = 156;
  private static final int BUFFER = 1 << 16;

  private TarGz() {}

  /**
   * Writes the files of these names, whatever folder of the archive they are in, to a folder.
   *
   * @param most bytes of each file
   * @throws FormatException if the archive is malformed, or lacks a file
   */
  static void extract(Path archive, Set<String> names, long most, Path folder) {
    Set<String> missing = new HashSet<>(names);
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), BUFFER))) {
      byte[] header = new byte[BLOCK];
      while (!missing.isEmpty() && in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
        long size = size(archive, header);
        String path = text(header, 0, NAME_END);
        String name = path.substring(path.lastIndexOf('/') + 1);
        long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
        boolean regular = header[KIND_AT] == '0' || header[KIND_AT] == 0;
        if (regular && missing.remove(name)) {
          if (size > most) {
            throw malformed(archive, "%s has %d bytes, expected %d".formatted(name, size, most));
          }
          AtomicFile.write(folder.resolve(name), out -> copy(in, out, size));
          in.skipNBytes(padded - size);
        } else {
          in.skipNBytes(padded);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new FormatException(
          "[tar] %s cannot be unpacked: %s; delete it and download it again".formatted(archive, e),
          e);
    }
    if (!missing.isEmpty()) {
      throw malformed(archive, "there is no " + String.join(", ", missing) + " in it");
    }
  }

  private static void copy(InputStream in, OutputStream out, long size) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (long left = size; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, BUFFER));
      if (n < 0) {
        throw new EOFException("the archive ends within a file");
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }

  /** The size in a header whose checksum is right. */
  private static long size(Path archive, byte[] header) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= SUM_AT && i < SUM_END ? ' ' : header[i] & 0xff;
    }
    if (octal(archive, header, SUM_AT, SUM_END) != sum) {
      throw malformed(archive, "the checksum of a header is wrong");
    }
    return octal(archive, header, SIZE_AT, SIZE_END);
  }

  private static long octal(Path archive, byte[] header, int from, int to) {
    String digits = text(header, from, to).trim();
    try {
      return Long.parseUnsignedLong(digits, 8);
    } catch (NumberFormatException e) {
      throw malformed(archive, "'" + digits + "' is no octal number");
    }
  }

  private static String text(byte[] header, int from, int to) {
    int end = from;
    while (end < to && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
  }

  private static FormatException malformed(Path archive, String what) {
    return new FormatException(
        "[tar] %s: %s; delete it and download it again".formatted(archive, what));
  }
}
