package io.gradus.benchmarks.table;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.table.Outcome.Measured;
import java.util.Locale;
import java.util.Optional;

/** Figures as tab-separated values: one line a row, against its best peer. */
public final class TsvTable {
  /** The first line. */
  public static final String HEADER = "row\tours_us\tpeer\tpeer_us\tratio";

  private TsvTable() {}

  /** The lines; what is not known is an empty field. */
  public static String of(Figures figures) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (Row row : figures.rows()) {
      Optional<Measured> ours = figures.measured(row, Library.GRADUS);
      Optional<Figures.Best> best = figures.best(row);
      text.append(row.label())
          .append('\t')
          .append(ours.map(m -> number(m.value())).orElse(""))
          .append('\t')
          .append(best.map(b -> b.peer().title()).orElse(""))
          .append('\t')
          .append(best.map(b -> number(b.value())).orElse(""))
          .append('\t')
          .append(figures.ratio(row).map(r -> String.format(Locale.ROOT, "%.3f", r)).orElse(""))
          .append('\n');
    }
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
