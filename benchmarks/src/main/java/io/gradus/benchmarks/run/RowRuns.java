package io.gradus.benchmarks.run;

import io.gradus.benchmarks.Effort;
import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Report;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.RowProcess;
import io.gradus.benchmarks.Turn;
import io.gradus.benchmarks.table.Figures;
import io.gradus.benchmarks.table.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one library, measured in processes of their own that report. A process that dies takes
 * only the row with it in which it died.
 */
final class RowRuns {
  /** A process at work, with the rows that it was given. */
  private record Running(Process process, BufferedReader output, Path report, List<Row> rows) {}

  /** Two ticks of the clock by which systems count processors' time. */
  private static final Duration SETTLED = Duration.ofMillis(20);

  private static final Duration MOST_TO_SETTLE = Duration.ofSeconds(1);

  private final Class<?> main;
  private final Library library;
  private final Effort effort;
  private final int rowsAtOnce;
  private final Figures figures;
  private final List<Row> rest;
  private Row row;
  private @Nullable Running running;
  private String complaint = "";

  /**
   * Runs of {@link RowProcess} or another class with the same arguments and report.
   *
   * @param rowsAtOnce how many rows a process is given at most
   * @param figures where results go
   */
  RowRuns(
      Class<?> main,
      Library library,
      Effort effort,
      int rowsAtOnce,
      List<Row> rows,
      Figures figures) {
    this.main = main;
    this.library = library;
    this.effort = effort;
    this.rowsAtOnce = rowsAtOnce;
    this.figures = figures;
    rest = new ArrayList<>(rows);
    row = rows.getFirst();
  }

  /** Whether all rows have been measured. */
  boolean done() {
    return rest.isEmpty();
  }

  /** The row that is to be measured next. */
  Row row() {
    return row;
  }

  /** Measures until the process passes the turn on or ends. */
  void turn() throws IOException, InterruptedException {
    Running now = running;
    if (now == null) {
      try {
        now = start();
      } catch (IOException e) {
        give(rest, String.valueOf(e.getMessage()));
        rest.clear();
        return;
      }
      running = now;
    } else {
      resume(now.process);
    }
    String line = now.output.readLine();
    while (line != null) {
      Optional<Row> next = passed(line);
      if (next.isPresent()) {
        row = next.get();
        complaint = ""; // it came as far as this nevertheless
        settle(now.process);
        return;
      }
      if (line.matches(".*(Exception|Error)\\b.*")) {
        complaint = ": " + line.trim();
      }
      line = now.output.readLine();
    }
    end(now);
  }

  /** Before which row a line passes the turn on, if it does. */
  private static Optional<Row> passed(String line) {
    return Arrays.stream(Row.values()).filter(r -> line.equals(Turn.PASSED + r.name())).findFirst();
  }

  private Running start() throws IOException {
    List<Row> rows = List.copyOf(rest.subList(0, Math.min(rowsAtOnce, rest.size())));
    Path report = Files.createTempFile("gradus-bench", ".report");
    List<String> flags = new ArrayList<>(Jvm.rowFlags(library));
    flags.add("-D" + Report.FILE + "=" + report);
    flags.add("-D" + Turn.PROPERTY + "=" + (main == RowProcess.class));
    Process process =
        Jvm.process(library, flags, main, RowProcess.arguments(library, effort, rows))
            .redirectErrorStream(true)
            .start();
    complaint = "";
    return new Running(process, process.inputReader(), report, rows);
  }

  /**
   * Waits until a process that passed the turn on needs no processor any more: threads of OpenBLAS
   * spin for a tenth of a second when nothing is left to do.
   */
  private static void settle(Process process) throws InterruptedException {
    Duration before;
    Duration after = cpu(process);
    long end = System.nanoTime() + MOST_TO_SETTLE.toNanos();
    do {
      Thread.sleep(SETTLED);
      before = after;
      after = cpu(process);
    } while (after.compareTo(before) > 0 && System.nanoTime() < end);
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void resume(Process process) {
    try {
      OutputStream input = process.getOutputStream();
      input.write('\n');
      input.flush();
    } catch (IOException e) {
      // It died while others ran; its output comes to its end.
    }
  }

  private void end(Running ended) throws IOException, InterruptedException {
    running = null;
    String reason = "process ended with code " + ended.process.waitFor() + complaint;
    Set<Row> begun = read(ended.report);
    Files.delete(ended.report);
    // the row it died in, or all if it did not come as far as the first
    List<Row> begunOrAll = begun.isEmpty() ? ended.rows : List.copyOf(begun);
    give(begunOrAll, reason);
    rest.removeAll(begunOrAll);
    row = rest.isEmpty() ? row : rest.getFirst();
  }

  /** Says why rows have no figure; those that have one keep it. */
  private void give(List<Row> rows, String reason) {
    rows.forEach(r -> figures.put(r, library, new Outcome.NotRun(reason)));
  }

  /** Notes what a report says; the rows that began. */
  private Set<Row> read(Path report) throws IOException {
    Set<Row> begun = EnumSet.noneOf(Row.class);
    for (String line : Files.readAllLines(report)) {
      String[] fields = line.split("\t");
      Row r = Row.valueOf(fields[0]);
      begun.add(r);
      if (!fields[1].equals("BEGINS")) {
        figures.put(r, library, outcome(fields));
      }
    }
    return begun;
  }

  /** What a line of a report says. */
  static Outcome outcome(String... fields) {
    return switch (fields[1]) {
      case "MEASURED" ->
          new Outcome.Measured(
              Double.parseDouble(fields[2]),
              fields.length > 3 ? Double.parseDouble(fields[3]) : Double.NaN,
              fields.length > 4 ? Double.parseDouble(fields[4]) : Double.NaN);
      case "ABSENT" -> new Outcome.Absent();
      case "NOT_RUN" -> new Outcome.NotRun(fields.length > 2 ? fields[2] : "no reason given");
      default -> throw new IllegalArgumentException("not a line of a report: " + fields[1]);
    };
  }
}
