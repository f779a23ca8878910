package io.gradus.io.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Records with lengths and checksums, as TensorFlow's {@code record_writer.cc} frames them. */
final class RecordStream {
  private static final int MASK = 0xa282ead8;
  private static final int LENGTH_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;

  private final OutputStream out;

  RecordStream(OutputStream out) {
    this.out = out;
  }

  /** Writes one record, at once. */
  void write(byte[] record) throws IOException {
    ByteBuffer frame =
        ByteBuffer.allocate(LENGTH_BYTES + 2 * CHECKSUM_BYTES + record.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(record.length);
    frame.putInt(checksum(frame.array(), LENGTH_BYTES));
    frame.put(record);
    frame.putInt(checksum(record, record.length));
    out.write(frame.array());
  }

  /** CRC-32C, rotated and shifted so that a checksum of checksums is no constant. */
  static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
