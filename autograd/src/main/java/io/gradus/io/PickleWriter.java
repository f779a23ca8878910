package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes plain data and references to storages as a pickle of protocol 2. */
final class PickleWriter {
  private static final int MOST_NESTED = 100;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Tensor> storages = new ArrayList<>();

  /** The pickle of an object. */
  byte[] write(Object value) {
    out.write(0x80);
    out.write(2);
    value(value, 0);
    out.write('.');
    return out.toByteArray();
  }

  /** The tensors of the pickle; number {@code i} belongs into storage {@code i}. */
  List<Tensor> storages() {
    return storages;
  }

  private void value(@Nullable Object value, int depth) {
    if (depth > MOST_NESTED) {
      throw new InvalidArgumentException(
          "[torch] the object contains itself or is nested deeper than " + MOST_NESTED);
    }
    switch (value) {
      case null -> out.write('N');
      case Boolean b -> out.write(b ? 0x88 : 0x89);
      case String s -> text(s);
      case Byte n -> whole(n);
      case Short n -> whole(n);
      case Integer n -> whole(n);
      case Long n -> whole(n);
      case Float n -> real(n);
      case Double n -> real(n);
      case Tensor t -> tensor(t);
      case Map<?, ?> map -> {
        out.write('}');
        out.write('(');
        map.forEach(
            (k, v) -> {
              if (!(k instanceof String || k instanceof Number || k instanceof Boolean)) {
                throw unwritable("a key of", k);
              }
              value(k, depth + 1);
              value(v, depth + 1);
            });
        out.write('u');
      }
      case List<?> list -> {
        out.write(']');
        out.write('(');
        list.forEach(v -> value(v, depth + 1));
        out.write('e');
      }
      default -> throw unwritable("an object of", value);
    }
  }

  private static InvalidArgumentException unwritable(String what, @Nullable Object value) {
    return new InvalidArgumentException(
        "[torch] %s %s cannot be written: give tensors, maps, lists, strings, numbers or truth values"
            .formatted(what, value == null ? "null" : value.getClass().getName()));
  }

  private void tensor(Tensor t) {
    global("torch._utils", "_rebuild_tensor_v2");
    out.write('(');
    out.write('(');
    text("storage");
    global("torch", TorchGlobals.storageClass(t.dtype()));
    text(Integer.toString(storages.size()));
    text("cpu");
    whole(t.numel());
    out.write('t');
    out.write('Q');
    whole(0);
    long[] sizes = t.shape().toArray();
    tuple(sizes);
    tuple(Elements.layout(sizes).strides());
    out.write(0x89);
    global("collections", "OrderedDict");
    out.write(')');
    out.write('R');
    out.write('t');
    out.write('R');
    storages.add(t);
  }

  private void tuple(long[] numbers) {
    out.write('(');
    for (long n : numbers) {
      whole(n);
    }
    out.write('t');
  }

  private void global(String module, String name) {
    out.write('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.write('X');
    out.writeBytes(little(4).putInt(utf8.length).array());
    out.writeBytes(utf8);
  }

  private void whole(long n) {
    if (n == (int) n) {
      out.write('J');
      out.writeBytes(little(4).putInt((int) n).array());
    } else {
      out.write(0x8a);
      out.write(8);
      out.writeBytes(little(8).putLong(n).array());
    }
  }

  private void real(double value) {
    out.write('G');
    out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
