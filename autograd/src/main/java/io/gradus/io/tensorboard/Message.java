package io.gradus.io.tensorboard;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One message of protocol buffers, field by field. */
final class Message {
  private static final int PACKED = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** Writes a field. */
  private interface Field {
    void write(CodedOutputStream out) throws IOException;
  }

  private Message add(Field field) {
    try {
      field.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Message real(int field, double value) {
    return add(to -> to.writeDouble(field, value));
  }

  Message real32(int field, float value) {
    return add(to -> to.writeFloat(field, value));
  }

  Message whole(int field, long value) {
    return add(to -> to.writeInt64(field, value));
  }

  Message truth(int field, boolean value) {
    return add(to -> to.writeBool(field, value));
  }

  Message text(int field, String value) {
    return add(to -> to.writeString(field, value));
  }

  Message data(int field, byte[] value) {
    return add(to -> to.writeByteArray(field, value));
  }

  Message message(int field, Message value) {
    return data(field, value.bytes());
  }

  /** A packed list. */
  Message reals(int field, double[] values) {
    return add(
        to -> {
          to.writeTag(field, PACKED);
          to.writeUInt32NoTag(values.length * Double.BYTES);
          for (double value : values) {
            to.writeDoubleNoTag(value);
          }
        });
  }

  byte[] bytes() {
    add(CodedOutputStream::flush);
    return bytes.toByteArray();
  }
}
