package io.gradus.io;

import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;

/**
 * How much a reader takes from a file before it refuses.
 *
 * @param maxBytes of all elements of one file together, decompressed
 * @param maxHeaderBytes of a header: a JSON text, a pickle, the header of an array
 * @param maxEntries number of tensors or of files in an archive
 * @param maxRatio decompressed bytes for each compressed byte, beyond the first mebibyte
 */
public record Limits(long maxBytes, int maxHeaderBytes, int maxEntries, int maxRatio) {
  /** 64 GiB of elements, headers of 16 MiB, 100,000 entries, 250 bytes out of one. */
  public static final Limits DEFAULT = new Limits(64L << 30, 16 << 20, 100_000, 250);

  private static final long FREE = 1 << 20;

  /** Refuses numbers below 1. */
  public Limits {
    if (maxBytes < 1 || maxHeaderBytes < 1 || maxEntries < 1 || maxRatio < 1) {
      throw new InvalidArgumentException(
          "[Limits] every limit must be at least 1: %d bytes, %d header bytes, %d entries, ratio %d"
              .formatted(maxBytes, maxHeaderBytes, maxEntries, maxRatio));
    }
  }

  /** With another limit for all elements of a file. */
  public Limits maxBytes(long value) {
    return new Limits(value, maxHeaderBytes, maxEntries, maxRatio);
  }

  /** With another limit for headers. */
  public Limits maxHeaderBytes(int value) {
    return new Limits(maxBytes, value, maxEntries, maxRatio);
  }

  /** With another limit for the number of entries. */
  public Limits maxEntries(int value) {
    return new Limits(maxBytes, maxHeaderBytes, value, maxRatio);
  }

  /** With another limit for compression. */
  public Limits maxRatio(int value) {
    return new Limits(maxBytes, maxHeaderBytes, maxEntries, value);
  }

  /** The most bytes that so many compressed ones may become. */
  public long expanded(long compressed) {
    long most = compressed > maxBytes / maxRatio ? maxBytes : compressed * maxRatio;
    return Math.min(maxBytes, most + FREE);
  }

  /** Refuses elements beyond the limit; returns the bytes they take. */
  long checkBytes(Where where, long bytes) {
    if (bytes < 0 || bytes > maxBytes) {
      throw where.malformed(
          "%s bytes of elements are more than the limit of %d; raise Limits.maxBytes if the file is"
              + " trusted",
          Long.toUnsignedString(bytes), maxBytes);
    }
    return bytes;
  }

  /** Refuses a header beyond the limit, as a size to allocate. */
  int checkHeader(Where where, long bytes) {
    if (bytes < 0 || bytes > maxHeaderBytes) {
      throw where.malformed(
          "a header of %s bytes is longer than the limit of %d; raise Limits.maxHeaderBytes if the"
              + " file is trusted",
          Long.toUnsignedString(bytes), maxHeaderBytes);
    }
    return (int) bytes;
  }

  /** Refuses more entries than the limit. */
  void checkEntries(Where where, long entries) throws FormatException {
    if (entries > maxEntries) {
      throw where.malformed(
          "%d entries are more than the limit of %d; raise Limits.maxEntries if the file is"
              + " trusted",
          entries, maxEntries);
    }
  }
}
