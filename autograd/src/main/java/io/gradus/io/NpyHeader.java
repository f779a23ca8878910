package io.gradus.io;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of an array of NumPy: {@code numpy.lib.format}, versions 1 to 3.
 *
 * @param dtype of the elements
 * @param order of their bytes
 * @param fortran whether they are column-major
 * @param sizes of the dimensions
 * @param start where the elements begin, from the start of the header
 */
record NpyHeader(DType dtype, ByteOrder order, boolean fortran, long[] sizes, long start) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int PREFIX = 8;

  /** Reads the header, and leaves the stream at the elements. */
  static NpyHeader read(Where where, InputStream in, Limits limits) throws IOException {
    byte[] prefix = next(where, in, 0, PREFIX);
    for (int i = 0; i < MAGIC.length; i++) {
      if (prefix[i] != MAGIC[i]) {
        throw where
            .offset(i)
            .malformed("byte 0x%02x, expected 0x%02x of the magic \\x93NUMPY", prefix[i], MAGIC[i]);
      }
    }
    int version = prefix[6];
    if (version < 1 || version > 3 || prefix[7] != 0) {
      throw where
          .offset(6)
          .malformed("version %d.%d, expected 1.0, 2.0 or 3.0", prefix[6], prefix[7]);
    }
    int width = version == 1 ? 2 : 4;
    byte[] count = next(where, in, PREFIX, width);
    long length = 0;
    for (int i = width - 1; i >= 0; i--) {
      length = length << 8 | (count[i] & 0xff);
    }
    int at = PREFIX + width;
    byte[] text = next(where.offset(PREFIX), in, at, limits.checkHeader(where, length));
    String header =
        new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return of(where, new Literal(where, header, at).dictionary(), at + length);
  }

  private static byte[] next(Where where, InputStream in, long at, int n) throws IOException {
    // Not readNBytes(n): it is given at once what the header only claims to have.
    byte[] bytes = in.readNBytes(n);
    if (bytes.length < n) {
      throw where
          .offset(at)
          .malformed("the header ends after %d bytes, expected %d", bytes.length, n);
    }
    return bytes;
  }

  private static NpyHeader of(Where where, Map<String, Object> fields, long start) {
    Object descr = fields.get("descr");
    Object fortran = fields.get("fortran_order");
    Object shape = fields.get("shape");
    if (fields.size() != 3
        || !(descr instanceof String type)
        || !(fortran instanceof Boolean columns)
        || !(shape instanceof long[] sizes)) {
      throw where.malformed(
          "a header with the keys %s, expected descr (one type), fortran_order and shape",
          Where.clip(fields.keySet()));
    }
    char mark = type.isEmpty() ? ' ' : type.charAt(0);
    DType dtype = dtype(type.isEmpty() ? "" : type.substring(1));
    if (dtype == null || "<>|=".indexOf(mark) < 0 || mark == '|' && dtype.byteSize() > 1) {
      throw where
          .key("descr")
          .malformed(
              "elements of type '%s', expected one of f2 f4 f8 i1 i2 i4 i8 u1 b1 with < or >;"
                  + " convert with astype in NumPy",
              Where.clip(type));
    }
    ByteOrder order = mark == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(
        dtype, mark == '=' ? ByteOrder.nativeOrder() : order, columns, sizes, start);
  }

  private static @org.jspecify.annotations.Nullable DType dtype(String code) {
    return switch (code) {
      case "f2" -> DType.F16;
      case "f4" -> DType.F32;
      case "f8" -> DType.F64;
      case "u1" -> DType.U8;
      case "i1" -> DType.I8;
      case "i2" -> DType.I16;
      case "i4" -> DType.I32;
      case "i8" -> DType.I64;
      case "b1" -> DType.BOOL;
      default -> null;
    };
  }

  private static String descr(DType dtype) {
    return switch (dtype) {
      case F16 -> "<f2";
      case F32 -> "<f4";
      case F64 -> "<f8";
      case U8 -> "|u1";
      case I8 -> "|i1";
      case I16 -> "<i2";
      case I32 -> "<i4";
      case I64 -> "<i8";
      case BOOL -> "|b1";
      case BF16 ->
          throw new DTypeException(
              "[npy] NumPy has no type for bf16: convert with to(f32), or write safetensors");
    };
  }

  /** Refuses what NumPy has no type for. */
  static void checkWritable(DType dtype) {
    descr(dtype);
  }

  /** Writes the header of a row-major array, version 1, padded as NumPy pads. */
  static int write(OutputStream out, DType dtype, long[] sizes) throws IOException {
    StringBuilder shape = new StringBuilder("(");
    for (int d = 0; d < sizes.length; d++) {
      shape.append(d == 0 ? "" : ", ").append(sizes[d]);
    }
    shape.append(sizes.length == 1 ? ",)" : ")");
    StringBuilder text =
        new StringBuilder("{'descr': '")
            .append(descr(dtype))
            .append("', 'fortran_order': False, 'shape': ")
            .append(shape)
            .append(", }");
    int before = PREFIX + 2;
    while ((before + text.length() + 1) % ALIGNMENT != 0) {
      text.append(' ');
    }
    text.append('\n');
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) text.length(), (byte) (text.length() >> 8)});
    out.write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
    return before + text.length();
  }

  /** The part of Python's literals that headers are made of. */
  private static final class Literal {
    private final Where where;
    private final String text;
    private final int base;
    private int at;

    Literal(Where where, String text, int base) {
      this.where = where;
      this.text = text;
      this.base = base;
    }

    Map<String, Object> dictionary() {
      Map<String, Object> fields = new LinkedHashMap<>();
      expect('{');
      while (peek() != '}') {
        String key = string();
        expect(':');
        Object value =
            switch (peek()) {
              case '\'', '"' -> string();
              case '(' -> tuple();
              case 'T' -> word("True", true);
              case 'F' -> word("False", false);
              default -> throw unexpected("a string, a tuple, True or False");
            };
        if (fields.put(key, value) != null) {
          throw where.offset(base + at).malformed("the key '%s' again", Where.clip(key));
        }
        if (peek() != '}') {
          expect(',');
        }
      }
      at++;
      if (!text.substring(at).isBlank()) {
        throw unexpected("the end of the header");
      }
      return fields;
    }

    private Object word(String word, boolean value) {
      if (!text.startsWith(word, at)) {
        throw unexpected(word);
      }
      at += word.length();
      return value;
    }

    private String string() {
      char quote = peek();
      if (quote != '\'' && quote != '"') {
        throw unexpected("a string");
      }
      int end = text.indexOf(quote, at + 1);
      if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
        throw unexpected("a string without escapes");
      }
      String value = text.substring(at + 1, end);
      at = end + 1;
      return value;
    }

    private long[] tuple() {
      expect('(');
      List<Long> sizes = new ArrayList<>();
      while (peek() != ')') {
        sizes.add(number());
        if (peek() != ')') {
          expect(',');
        } else if (sizes.size() == 1) {
          // (5) is a number to Python, only (5,) is a tuple.
          throw unexpected("',' after a single size");
        }
      }
      at++;
      return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private long number() {
      peek();
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      // 18 digits are always a long.
      if (at == start || at - start > 18) {
        throw unexpected("a size");
      }
      long value = Long.parseLong(text.substring(start, at));
      if (at < text.length() && text.charAt(at) == 'L') {
        at++; // Python 2 wrote its long integers so.
      }
      return value;
    }

    private char peek() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char c) {
      if (peek() != c) {
        throw unexpected("'" + c + "'");
      }
      at++;
    }

    private RuntimeException unexpected(String expected) {
      String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
      return where
          .offset(base + at)
          .malformed("%s in the header, expected %s", Where.clip(found), expected);
    }
  }
}
