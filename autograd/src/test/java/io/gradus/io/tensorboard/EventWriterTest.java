package io.gradus.io.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.gradus.Tensor;
import io.gradus.io.ImageFile;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWriterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_700_000_000_250L), ZoneOffset.UTC);

  @TempDir Path dir;

  /** The records of a file, with lengths and checksums compared. */
  private static List<Map<Integer, Object>> events(Path file) throws IOException {
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
  private static int masked(byte[] bytes) {
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

  private static Map<Integer, Object> fields(byte[] message) throws IOException {
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

  private static Map<Integer, Object> inside(Map<Integer, Object> message, int field)
      throws IOException {
    return fields((byte[]) message.get(field));
  }

  private static String text(Map<Integer, Object> message, int field) {
    return new String((byte[]) message.get(field), StandardCharsets.UTF_8);
  }

  private static double[] reals(Map<Integer, Object> message, int field) {
    ByteBuffer in = ByteBuffer.wrap((byte[]) message.get(field)).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[in.remaining() / 8];
    in.asDoubleBuffer().get(values);
    return values;
  }

  @Test
  @DisplayName("S12.4 event files hold scalars, histograms and pictures")
  void events() throws IOException {
    Tensor picture = Tensor.arange(12).mul(20).to(DType.U8).view(3, 2, 2);
    Path file;
    try (EventWriter writer = EventWriter.in(dir.resolve("runs/first"), CLOCK)) {
      writer.scalar("loss/größe", 0.25, 7);
      writer.histogram("w", Tensor.tensor(-1.0, 0, 0, 2, Double.NaN), 8);
      writer.image("p", picture, 9);
      file = writer.file();
    }
    List<Map<Integer, Object>> events = events(file);
    assertEquals(4, events.size());
    assertEquals("brain.Event:2", text(events.get(0), 3));
    assertEquals(1_700_000_000.25, events.get(1).get(1));
    assertEquals(7L, events.get(1).get(2));
    Map<Integer, Object> scalar = inside(inside(events.get(1), 5), 1);
    assertEquals("loss/größe", text(scalar, 1));
    assertEquals(0.25f, scalar.get(2));

    Map<Integer, Object> histogram = inside(inside(inside(events.get(2), 5), 1), 5);
    assertEquals(-1.0, histogram.get(1));
    assertEquals(2.0, histogram.get(2));
    assertEquals(4.0, histogram.get(3));
    assertEquals(1.0, histogram.get(4));
    assertEquals(5.0, histogram.get(5));
    double[] limits = reals(histogram, 6);
    double[] counts = reals(histogram, 7);
    assertEquals(limits.length, counts.length);
    for (int i = 1; i < limits.length; i++) {
      double from = limits[i - 1];
      double to = limits[i];
      long expected =
          List.of(-1.0, 0.0, 0.0, 2.0).stream().filter(v -> v >= from && v < to).count();
      assertEquals(expected, counts[i], "from " + from + " to " + to);
    }
    assertEquals(4, java.util.Arrays.stream(counts).sum());

    Map<Integer, Object> image = inside(inside(inside(events.get(3), 5), 1), 4);
    assertEquals(2L, image.get(1));
    assertEquals(2L, image.get(2));
    assertEquals(3L, image.get(3));
    Path png = dir.resolve("p.png");
    Files.write(png, (byte[]) image.get(4));
    assertArrayEquals(picture.intArray(), ImageFile.read(png).intArray());
  }

  @Test
  void eventsAreThereAfterAFlush() throws IOException {
    try (EventWriter writer = EventWriter.in(dir)) {
      writer.scalar("a", 1, 0);
      writer.histogram("empty", Tensor.zeros(0), 0);
      writer.flush();
      assertEquals(3, events(writer.file()).size());
    }
  }

  @Test
  void aWriterThatIsClosedRefuses() throws IOException {
    EventWriter writer = EventWriter.in(dir);
    assertThrows(ShapeException.class, () -> writer.image("x", Tensor.ones(2), 0));
    writer.close();
    writer.close();
    assertThrows(InvalidArgumentException.class, () -> writer.scalar("a", 1, 0));
    assertEquals(1, events(writer.file()).size());
    assertTrue(writer.file().getFileName().toString().startsWith("events.out.tfevents."));
  }
}
