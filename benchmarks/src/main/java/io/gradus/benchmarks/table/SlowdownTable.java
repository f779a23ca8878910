package io.gradus.benchmarks.table;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.table.Outcome.Measured;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How many times slower each row is while other processes compete for the cores. */
public final class SlowdownTable {
  private SlowdownTable() {}

  /** A Markdown table: time under load divided by time without. */
  public static String markdown(Figures quiet, Figures loaded) {
    List<Library> libraries = loaded.libraries();
    StringBuilder text = new StringBuilder("| row: times slower under load |");
    libraries.forEach(l -> text.append(' ').append(l.title()).append(" |"));
    text.append("\n|---|").append("---:|".repeat(libraries.size())).append('\n');
    for (Row row : loaded.rows()) {
      text.append("| ").append(row.label().replace("*", "\\*")).append(" |");
      for (Library l : libraries) {
        text.append(' ').append(cell(quiet.measured(row, l), loaded.measured(row, l))).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String cell(Optional<Measured> quiet, Optional<Measured> loaded) {
    if (quiet.isEmpty() || loaded.isEmpty()) {
      return "";
    }
    return String.format(Locale.ROOT, "%.2f", loaded.get().value() / quiet.get().value());
  }
}
