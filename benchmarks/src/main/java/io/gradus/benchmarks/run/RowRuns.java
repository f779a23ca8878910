package io.gradus.benchmarks.run;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Report;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.RowProcess;
import io.gradus.benchmarks.table.Figures;
import io.gradus.benchmarks.table.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Measures rows of a library in processes of their own, and reads their reports. */
final class RowRuns {
  private final Class<?> main;
  private final BenchOptions.Depth depth;
  private final Figures figures;

  /** Runs of {@link RowProcess} or another class with the same arguments and report. */
  RowRuns(Class<?> main, BenchOptions.Depth depth, Figures figures) {
    this.main = main;
    this.depth = depth;
    this.figures = figures;
  }

  /**
   * All rows of one group, or of several in a quick run; a process that dies takes only the row
   * with it in which it died.
   */
  void measure(Library library, List<Row> rows) throws IOException, InterruptedException {
    List<Row> rest = new ArrayList<>(rows);
    while (!rest.isEmpty()) {
      Path report = Files.createTempFile("gradus-bench", ".report");
      Path log = Files.createTempFile("gradus-bench", ".log");
      String reason = run(library, rest, report, log);
      Set<Row> begun = read(library, report);
      // the row it died in, or the first if it did not come as far as that
      List<Row> left =
          new ArrayList<>(rest.stream().filter(r -> !figures.has(r, library)).toList());
      List<Row> dead = left.stream().filter(begun::contains).toList();
      if (begun.isEmpty()) {
        dead = left;
      }
      dead.forEach(r -> figures.put(r, library, new Outcome.NotRun(reason)));
      left.removeAll(dead);
      if (left.size() == rest.size()) {
        left.forEach(r -> figures.put(r, library, new Outcome.NotRun(reason)));
        left.clear();
      }
      rest = left;
      Files.deleteIfExists(report);
      Files.deleteIfExists(log);
    }
  }

  private String run(Library library, List<Row> rows, Path report, Path log)
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(Jvm.rowFlags(library));
    flags.add("-D" + Report.FILE + "=" + report);
    List<String> arguments = RowProcess.arguments(library, depth.effort(library), rows);
    ProcessBuilder builder;
    try {
      builder = Jvm.process(library, flags, main, arguments);
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    File output = log.toFile();
    int code = builder.redirectErrorStream(true).redirectOutput(output).start().waitFor();
    return reason(code, log);
  }

  private static String reason(int code, Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      String line =
          lines.filter(l -> l.matches(".*(Exception|Error)\\b.*")).reduce("", (a, b) -> b).trim();
      return "process ended with code " + code + (line.isEmpty() ? "" : ": " + line);
    }
  }

  /** Notes what a report says; the rows that began. */
  private Set<Row> read(Library library, Path report) throws IOException {
    Set<Row> begun = EnumSet.noneOf(Row.class);
    for (String line : Files.readAllLines(report)) {
      String[] fields = line.split("\t");
      Row row = Row.valueOf(fields[0]);
      begun.add(row);
      if (!fields[1].equals("BEGINS")) {
        figures.put(row, library, outcome(fields));
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
