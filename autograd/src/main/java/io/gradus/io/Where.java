package io.gradus.io;

import io.gradus.tensor.error.FormatException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The place in a file that an error is about.
 *
 * @param format what reads it, as {@code npy}
 * @param file its name
 * @param part a key or an offset; empty for the file as a whole
 */
record Where(String format, String file, String part) {
  private static final int SHOWN = 120;

  static Where file(String format, String file) {
    return new Where(format, file, "");
  }

  /** A part of the file by its name. */
  Where key(String name) {
    return new Where(format, file, "'" + clip(name) + "'");
  }

  /** A place by its distance from the start. */
  Where offset(long offset) {
    return new Where(format, file, "offset " + offset);
  }

  /** The error that the file breaks a rule here. */
  FormatException malformed(String rule, Object... values) {
    return new FormatException(text(rule, values));
  }

  /** The error that the file breaks a rule here, found by another error. */
  FormatException malformed(Throwable cause, String rule, Object... values) {
    return new FormatException(text(rule, values), cause);
  }

  private String text(String rule, Object... values) {
    String place = part.isEmpty() ? file : file + ", " + part;
    return "[" + format + "] " + place + ": " + String.format(Locale.ROOT, rule, values);
  }

  /** A text from a file, short enough for a message and without control characters. */
  static String clip(@Nullable Object value) {
    String text = String.valueOf(value);
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
