package io.gradus.benchmarks.table;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.PauseProcess;
import io.gradus.benchmarks.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How many times slower each row is while other processes compete for the cores. */
public final class SlowdownTable {
  private SlowdownTable() {}

  /**
   * A Markdown table.
   *
   * @param slowdowns times under load divided by times without
   * @param pauses times of Gradus's between pauses divided by times without pauses
   */
  public static String markdown(Figures slowdowns, Figures pauses) {
    List<Library> libraries = slowdowns.libraries();
    StringBuilder text = new StringBuilder("| row: times slower under load |");
    libraries.forEach(l -> text.append(' ').append(l.title()).append(" |"));
    text.append(" Gradus: between pauses of ")
        .append(PauseProcess.TURN_MILLIS)
        .append(" ms alone |");
    text.append("\n|---|").append("---:|".repeat(libraries.size() + 1)).append('\n');
    for (Row row : slowdowns.rows()) {
      text.append("| ").append(row.label().replace("*", "\\*")).append(" |");
      for (Library l : libraries) {
        text.append(' ').append(cell(slowdowns.outcome(row, l))).append(" |");
      }
      text.append(' ').append(cell(pauses.outcome(row, Library.GRADUS))).append(" |\n");
    }
    return text.toString();
  }

  private static String cell(Optional<Outcome> outcome) {
    return switch (outcome.orElse(new Outcome.Absent())) {
      case Outcome.Measured m -> String.format(Locale.ROOT, "%.2f", m.value());
      case Outcome.Absent _ -> "";
      case Outcome.NotRun _ -> "NOT RUN";
    };
  }
}
