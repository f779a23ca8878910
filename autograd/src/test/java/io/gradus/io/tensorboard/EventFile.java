package io.gradus.io.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decodes event files, independently of the writer; of a repeated field the last one counts. */
final class EventFile {
  private EventFile() {}

  /** The records of a file, with lengths and checksums compared. */
  static List<Map<Integer, Object>> records(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Map<Integer, Object>> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(in.position(), length);
      int n = (int) in.getLong();
      assertEquals(masked(length), in.getInt(), "checksum of the length");
      byte[] record = new byte[n];
      in.get(record);
      assertEquals(masked(record), in.getInt(), "checksum of the record");
      events.add(fields(record));
    }
    return events;
  }

  /** CRC-32C bit by bit, masked: independent of the writer's. */
  static int masked(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int k = 0; k < 8; k++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82f63b78 : crc >>> 1;
      }
    }
    crc = ~crc;
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  static Map<Integer, Object> fields(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    Map<Integer, Object> fields = new HashMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Object value =
          switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> in.readInt64();
            case WireFormat.WIRETYPE_FIXED64 -> in.readDouble();
            case WireFormat.WIRETYPE_FIXED32 -> in.readFloat();
            default -> in.readByteArray();
          };
      fields.put(WireFormat.getTagFieldNumber(tag), value);
    }
    return fields;
  }

  static Map<Integer, Object> inside(Map<Integer, Object> message, int field) throws IOException {
    return fields((byte[]) message.get(field));
  }

  static String text(Map<Integer, Object> message, int field) {
    return new String((byte[]) message.get(field), StandardCharsets.UTF_8);
  }

  static double[] reals(Map<Integer, Object> message, int field) {
    ByteBuffer in = ByteBuffer.wrap((byte[]) message.get(field)).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[in.remaining() / 8];
    in.asDoubleBuffer().get(values);
    return values;
  }

  /** All values of a repeated field, decoded as messages. */
  static List<Map<Integer, Object>> repeated(byte[] message, int field) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    List<Map<Integer, Object>> all = new ArrayList<>();
    for (byte[] value : repeatedBytes(in, field)) {
      all.add(fields(value));
    }
    return all;
  }

  /** All values of a repeated field of texts. */
  static List<String> repeatedTexts(byte[] message, int field) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    return repeatedBytes(in, field).stream()
        .map(b -> new String(b, StandardCharsets.UTF_8))
        .toList();
  }

  private static List<byte[]> repeatedBytes(CodedInputStream in, int field) throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field) {
        all.add(in.readByteArray());
      } else {
        in.skipField(tag);
      }
    }
    return all;
  }
}
