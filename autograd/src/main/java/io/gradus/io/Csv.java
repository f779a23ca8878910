package io.gradus.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.gradus.Tensor;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of comma-separated values (RFC 4180, UTF-8, packed with gzip or not), and its columns as
 * tensors.
 *
 * <pre>{@code
 * Csv table = Csv.read(path);
 * Tensor x = table.numbers("width", "height");
 * Csv.Classes y = table.classes("kind");
 * }</pre>
 */
public final class Csv {
  private static final int MOST_FIELD = 1 << 20;

  /** Spreadsheets write it before the first name. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Where where;
  private final List<String> names;
  private final List<List<String>> rows;

  /**
   * A column of texts as numbers.
   *
   * @param labels i64 [N], indices into the names
   * @param names the different texts, in the order in which they appear
   */
  public record Classes(Tensor labels, List<String> names) {}

  private Csv(Where where, List<String> names, List<List<String>> rows) {
    this.where = where;
    this.names = names;
    this.rows = rows;
  }

  /** {@link #read(Path, char, boolean, Limits)} with commas, names in the first row. */
  public static Csv read(Path path) {
    return read(path, ',');
  }

  /** {@link #read(Path, char, boolean, Limits)} with names in the first row. */
  public static Csv read(Path path, char separator) {
    return read(path, separator, true, Limits.DEFAULT);
  }

  /**
   * Reads a file.
   *
   * @param separator of the fields
   * @param header whether the first row has the names; else they are "0", "1", …
   * @throws FormatException for quotes that do not match, rows of different lengths, a field longer
   *     than a mebibyte, or a file beyond the limits
   */
  public static Csv read(Path path, char separator, boolean header, Limits limits) {
    try (Content content = Content.open(path)) {
      return read(content, separator, header, limits);
    }
  }

  static Csv read(Content packed, char separator, boolean header, Limits limits) {
    Where where = Where.file("csv", packed.name());
    Content content = Gzip.unpacked(where, packed, limits);
    long size = limits.checkBytes(where, content.size());
    if (size > Integer.MAX_VALUE - 8) {
      throw where.malformed("%d bytes, expected less than 2 GiB", size);
    }
    String text = new String(content.bytes(where, 0, (int) size), StandardCharsets.UTF_8);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    return read(where, new StringReader(text), separator, header);
  }

  private static Csv read(Where where, Reader reader, char separator, boolean header) {
    List<String> names = null;
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .maxBufferSize(MOST_FIELD)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .ofCsvRecord(reader)) {
      for (CsvRecord row : csv) {
        List<String> fields = row.getFields();
        if (names == null) {
          names = header ? fields : numbered(fields.size());
          if (header) {
            continue;
          }
        }
        if (fields.size() != names.size()) {
          throw line(where, row).malformed("%d fields, expected %d", fields.size(), names.size());
        }
        rows.add(fields);
      }
    } catch (CsvParseException e) {
      throw where.malformed(e, "not comma-separated values: %s", Where.clip(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Csv(where, names == null ? List.of() : List.copyOf(names), rows);
  }

  private static Where line(Where where, CsvRecord row) {
    return new Where(where.format(), where.file(), "line " + row.getStartingLineNumber());
  }

  private static List<String> numbered(int n) {
    return IntStream.range(0, n).mapToObj(Integer::toString).toList();
  }

  /** The names of the columns. */
  public List<String> names() {
    return names;
  }

  /** The number of rows, without the names. */
  public int size() {
    return rows.size();
  }

  /** A row as texts. */
  public List<String> row(int index) {
    return rows.get(index);
  }

  private int column(String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new InvalidArgumentException(
          "[csv] %s has no column '%s'; it has %s".formatted(where.file(), name, names));
    }
    if (column != names.lastIndexOf(name)) {
      throw new InvalidArgumentException(
          "[csv] %s has several columns '%s': %s; read it without names, as columns \"0\", \"1\", …"
              .formatted(where.file(), name, names));
    }
    return column;
  }

  /**
   * Columns as f32 [rows, columns]; an empty field is NaN. Without names all columns.
   *
   * @throws FormatException for a field that is no number, naming row and column
   */
  public Tensor numbers(String... columns) {
    int[] at =
        columns.length == 0
            ? IntStream.range(0, names.size()).toArray()
            : Stream.of(columns).mapToInt(this::column).toArray();
    float[] values = new float[Math.multiplyExact(rows.size(), at.length)];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < at.length; c++) {
        values[r * at.length + c] = number(r, at[c]);
      }
    }
    return Tensor.tensor(values).view(rows.size(), at.length);
  }

  private float number(int row, int column) {
    String field = rows.get(row).get(column).strip();
    try {
      return field.isEmpty() ? Float.NaN : Float.parseFloat(field);
    } catch (NumberFormatException e) {
      throw where
          .key(names.get(column))
          .malformed(
              "row %d has '%s', expected a number; texts become numbers with classes(\"%s\")",
              row, Where.clip(field), Where.clip(names.get(column)));
    }
  }

  /** A column of texts as numbers from 0, in the order in which they appear. */
  public Classes classes(String column) {
    int at = column(column);
    Map<String, Integer> known = new LinkedHashMap<>();
    long[] labels = new long[rows.size()];
    for (int r = 0; r < labels.length; r++) {
      String text = rows.get(r).get(at);
      @Nullable Integer label = known.putIfAbsent(text, known.size());
      labels[r] = label == null ? known.size() - 1 : label;
    }
    return new Classes(Tensor.tensor(labels), List.copyOf(known.keySet()));
  }

  @Override
  public String toString() {
    return "Csv(%s: %d rows of %s)".formatted(where.file(), rows.size(), names);
  }
}
