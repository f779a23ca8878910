package io.gradus.benchmarks.run;

import io.gradus.benchmarks.FirstResult;
import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Report;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.WarmUp;
import io.gradus.benchmarks.table.Figures;
import io.gradus.benchmarks.table.Outcome;
import io.gradus.benchmarks.table.Outcome.Measured;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Measures processes from their start: the first result, memory then, warm-up. */
final class StartRuns {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double KB_PER_MB = 1024;

  private record Start(double micros, double megabytes) {}

  private final BenchOptions.Depth depth;
  private final Figures figures;

  StartRuns(BenchOptions.Depth depth, Figures figures) {
    this.depth = depth;
    this.figures = figures;
  }

  void measure(Library library, List<Row> rows) throws InterruptedException {
    if (rows.contains(Row.FIRST_RESULT) || rows.contains(Row.RESIDENT)) {
      try {
        starts(library, rows);
      } catch (IOException e) {
        Outcome failed = new Outcome.NotRun(Report.reason(e));
        rows.stream()
            .filter(r -> r == Row.FIRST_RESULT || r == Row.RESIDENT)
            .forEach(r -> figures.put(r, library, failed));
      }
    }
    if (rows.contains(Row.WARM_UP)) {
      try {
        warmUp(library);
      } catch (IOException e) {
        figures.put(Row.WARM_UP, library, new Outcome.NotRun(Report.reason(e)));
      }
    }
  }

  private void starts(Library library, List<Row> rows) throws IOException, InterruptedException {
    // The first one is not counted: native libraries are unpacked once.
    start(library);
    int times =
        switch (depth) {
          case FULL -> 9;
          case QUICK, SMOKE -> 1;
        };
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      starts.add(start(library));
    }
    if (rows.contains(Row.FIRST_RESULT)) {
      double[] micros = starts.stream().mapToDouble(Start::micros).toArray();
      figures.put(Row.FIRST_RESULT, library, measured(micros));
    }
    if (rows.contains(Row.RESIDENT)) {
      double[] megabytes = starts.stream().mapToDouble(Start::megabytes).toArray();
      boolean known = Arrays.stream(megabytes).noneMatch(Double::isNaN);
      figures.put(
          Row.RESIDENT,
          library,
          known ? measured(megabytes) : new Outcome.NotRun("no /proc on this system"));
    }
  }

  private static Measured measured(double[] values) {
    Arrays.sort(values);
    double median = values[values.length / 2];
    return new Measured(median, values[0], Double.NaN);
  }

  private static Start start(Library library) throws IOException, InterruptedException {
    Path log = Files.createTempFile("gradus-bench", ".log");
    ProcessBuilder builder =
        Jvm.process(library, Jvm.startFlags(), FirstResult.class, List.of(library.name()))
            .redirectError(log.toFile());
    long before = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      // some libraries greet
      while (line != null && !line.startsWith("first ")) {
        line = out.readLine();
      }
      long nanos = System.nanoTime() - before;
      if (line == null) {
        throw new IOException(lastError(log));
      }
      return new Start(nanos / NANOS_PER_MICRO, residentMegabytes(process.pid()));
    } finally {
      process.outputWriter().close();
      process.waitFor();
      Files.deleteIfExists(log);
    }
  }

  private static String lastError(Path log) throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(l -> l.matches(".*(Exception|Error)\\b.*"))
          .reduce("the process ended without a result", (a, b) -> b);
    }
  }

  private static double residentMegabytes(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(l -> l.startsWith("VmRSS:"))
          .mapToDouble(l -> Double.parseDouble(l.replaceAll("\\D", "")) / KB_PER_MB)
          .findFirst()
          .orElse(Double.NaN);
    }
  }

  /**
   * The median of several processes: when a compiler comes to what differs from one to the next.
   */
  private void warmUp(Library library) throws IOException, InterruptedException {
    int times = depth == BenchOptions.Depth.FULL ? 5 : 1;
    double[] micros = new double[times];
    for (int i = 0; i < times; i++) {
      Outcome once = warmUpOnce(library);
      if (!(once instanceof Measured m)) {
        figures.put(Row.WARM_UP, library, once);
        return;
      }
      micros[i] = m.value();
    }
    figures.put(Row.WARM_UP, library, measured(micros));
  }

  private Outcome warmUpOnce(Library library) throws IOException, InterruptedException {
    int millis =
        switch (depth) {
          case FULL -> 12_000;
          case QUICK -> 4_000;
          case SMOKE -> 1_000;
        };
    Path report = Files.createTempFile("gradus-bench", ".report");
    Path log = Files.createTempFile("gradus-bench", ".log");
    List<String> flags = new ArrayList<>(Jvm.rowFlags(library));
    flags.add("-D" + Report.FILE + "=" + report);
    List<String> arguments = List.of(library.name(), "" + millis, "" + System.currentTimeMillis());
    Jvm.process(library, flags, WarmUp.class, arguments)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
    List<String> lines = Files.readAllLines(report);
    Outcome outcome =
        lines.isEmpty()
            ? new Outcome.NotRun(lastError(log))
            : RowRuns.outcome(lines.getFirst().split("\t"));
    Files.deleteIfExists(report);
    Files.deleteIfExists(log);
    return outcome;
  }
}
