package io.gradus.benchmarks.table;

import io.gradus.benchmarks.Group;
import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.table.Outcome.Measured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Figures as a Markdown table: Gradus, each peer, the ratio to the best of them, means. */
public final class RatioTable {
  private RatioTable() {}

  /** The table, and below it what was not run and why. */
  public static String markdown(Figures figures) {
    StringBuilder text = new StringBuilder();
    List<Library> libraries = figures.libraries();
    line(text, header(libraries));
    line(text, "|---|" + "---:|".repeat(libraries.size() + 3) + "---|");
    for (Group group : Group.values()) {
      List<Row> rows = figures.rows().stream().filter(r -> r.group() == group).toList();
      rows.forEach(r -> line(text, row(figures, libraries, r)));
      mean(text, figures, libraries, rows, "*" + group.title() + "*");
    }
    mean(text, figures, libraries, figures.rows(), "**all rows**");
    notRun(text, figures, libraries);
    return text.toString();
  }

  private static String header(List<Library> libraries) {
    StringBuilder text = new StringBuilder("| row (µs) |");
    libraries.forEach(l -> text.append(' ').append(l.title()).append(" |"));
    return text.append(" allocated B | ratio | of bests | best peer |").toString();
  }

  private static String row(Figures figures, List<Library> libraries, Row row) {
    StringBuilder text = new StringBuilder("| ").append(escaped(row.label())).append(" |");
    libraries.forEach(l -> field(text, cell(figures.outcome(row, l))));
    Optional<Measured> ours = figures.measured(row, Library.GRADUS);
    field(text, ours.map(m -> bytes(m.bytes())).orElse(""));
    field(text, figures.ratio(row).map(RatioTable::ratio).orElse(""));
    field(text, figures.bestRatio(row).map(RatioTable::ratio).orElse(""));
    field(text, figures.best(row).map(f -> f.peer().title()).orElse(""));
    return text.toString();
  }

  private static void field(StringBuilder text, String content) {
    text.append(content.isEmpty() ? " |" : " " + content + " |");
  }

  private static void mean(
      StringBuilder text, Figures figures, List<Library> libraries, List<Row> rows, String title) {
    double mean = Figures.mean(rows.stream().map(figures::ratio));
    if (!Double.isNaN(mean)) {
      double ofBests = Figures.mean(rows.stream().map(figures::bestRatio));
      text.append("| ").append(title).append(": geometric mean |");
      text.append(" |".repeat(libraries.size() + 1));
      field(text, "**" + ratio(mean) + "**");
      field(text, Double.isNaN(ofBests) ? "" : "**" + ratio(ofBests) + "**");
      line(text, " |");
    }
  }

  private static void notRun(StringBuilder text, Figures figures, List<Library> libraries) {
    // one line for a library whose rows all failed alike
    Map<String, StringBuilder> rowsByReason = new LinkedHashMap<>();
    for (Library l : libraries) {
      for (Row r : figures.rows()) {
        if (figures.outcome(r, l).orElse(null) instanceof Outcome.NotRun n) {
          String reason = l.title() + ": NOT RUN (" + n.reason() + ")";
          StringBuilder rows = rowsByReason.computeIfAbsent(reason, k -> new StringBuilder());
          rows.append(rows.isEmpty() ? "" : "; ").append(r.label());
        }
      }
    }
    if (!rowsByReason.isEmpty()) {
      line(text, "");
      rowsByReason.forEach((reason, rows) -> line(text, "- " + reason + ": " + rows));
    }
  }

  private static String cell(Optional<Outcome> outcome) {
    if (outcome.isEmpty()) {
      return "";
    }
    return switch (outcome.get()) {
      case Measured m -> number(m.value());
      case Outcome.Absent _ -> "–";
      case Outcome.NotRun _ -> "NOT RUN";
    };
  }

  /** Three significant digits, no exponent. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String bytes(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%,.0f", value);
  }

  /** A star would begin emphasis. */
  private static String escaped(String label) {
    return label.replace("*", "\\*");
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
