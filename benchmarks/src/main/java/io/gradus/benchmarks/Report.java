package io.gradus.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** The file by which measuring processes answer: a line a fact, its fields split by tabs. */
public final class Report {
  /** The property that names the file. */
  public static final String FILE = "gradus.bench.report";

  private Report() {}

  /** A row begins: if no more follows, the process died in it. */
  public static void begins(Row row) {
    write(row.name(), "BEGINS");
  }

  /** Microseconds a call, as a rule and at best, and bytes allocated on the heap. */
  public static void measured(Row row, double micros, double best, double bytes) {
    write(
        row.name(),
        "MEASURED",
        String.format(Locale.ROOT, "%.9g\t%.9g\t%.9g", micros, best, bytes));
  }

  /** A row the library has no operation for. */
  public static void absent(Row row) {
    write(row.name(), "ABSENT");
  }

  /** A row that failed. */
  public static void notRun(Row row, Throwable reason) {
    write(row.name(), "NOT_RUN", reason(reason));
  }

  /** The innermost cause in one line. */
  public static String reason(Throwable t) {
    Throwable cause = t;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String text = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    String line = text.replaceAll("\\s+", " ").trim();
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }

  private static void write(String... fields) {
    String file = System.getProperty(FILE);
    if (file == null) {
      return;
    }
    try {
      Files.write(
          Path.of(file),
          List.of(String.join("\t", fields)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
