package io.gradus.io;

import io.gradus.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes stored entries whose sizes and checksums stand before them, as NumPy and PyTorch do. */
final class ZipWriter implements AutoCloseable {
  private final ZipOutputStream out;

  ZipWriter(OutputStream to) {
    out = new ZipOutputStream(to);
    out.setMethod(ZipOutputStream.STORED);
  }

  /** Adds a file; the body is asked twice, first for the checksum. */
  void add(String name, AtomicFile.Body body) throws IOException {
    Counter counter = new Counter();
    CRC32 crc = new CRC32();
    body.write(new CheckedOutputStream(counter, crc));
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    entry.setSize(counter.bytes);
    entry.setCompressedSize(counter.bytes);
    entry.setCrc(crc.getValue());
    out.putNextEntry(entry);
    body.write(out);
    out.closeEntry();
  }

  void add(String name, byte[] bytes) throws IOException {
    add(name, to -> to.write(bytes));
  }

  void add(String name, Tensor tensor) throws IOException {
    add(name, to -> Elements.write(tensor, to));
  }

  /** Writes the directory; does not close the stream below. */
  @Override
  public void close() throws IOException {
    out.finish();
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes += length;
    }
  }
}
