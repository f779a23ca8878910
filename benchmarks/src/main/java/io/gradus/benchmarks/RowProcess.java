package io.gradus.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** A process that measures rows of one library, on that library's class path. */
public final class RowProcess {
  /** Where the names of rows begin, behind the library and the fields of an effort. */
  static final int FIRST_ROW = 5;

  private RowProcess() {}

  /** The command line of it. */
  public static List<String> arguments(Library library, Effort effort, Collection<Row> rows) {
    List<String> arguments = new ArrayList<>(List.of(library.name()));
    arguments.addAll(effort.arguments());
    rows.forEach(r -> arguments.add(r.name()));
    return arguments;
  }

  /** See {@link #arguments}; answers through {@link Report}. */
  public static void main(String[] args) throws RunnerException, ReflectiveOperationException {
    List<String> arguments = List.of(args);
    Library library = Library.valueOf(args[0]);
    Effort effort = Effort.parse(arguments.subList(1, FIRST_ROW));
    LibraryRows rows = library.load();
    for (String name : arguments.subList(FIRST_ROW, args.length)) {
      Row row = Row.valueOf(name);
      if (rows.of(row) == null) {
        Report.absent(row);
      } else {
        Report.begins(row);
        measure(library, effort, row);
      }
    }
    // Pools of native threads may keep a process alive.
    System.exit(0);
  }

  private static void measure(Library library, Effort effort, Row row) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("^" + RowBenchmark.class.getName() + "\\.run$")
                    .param("library", library.name())
                    .param("row", row.name())
                    .forks(0) // this process is the fork
                    .warmupIterations(effort.warmUps())
                    .warmupTime(TimeValue.milliseconds(effort.warmUpMillis()))
                    .measurementIterations(effort.iterations())
                    .measurementTime(TimeValue.milliseconds(effort.millis()))
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    for (RunResult r : results) {
      double[] micros =
          r.getBenchmarkResults().stream()
              .map(BenchmarkResult::getIterationResults)
              .flatMap(Collection::stream)
              .mapToDouble(i -> i.getPrimaryResult().getScore())
              .sorted()
              .toArray();
      if (micros.length > 0) {
        Report.measured(row, middleMean(micros), micros[0], allocated(r));
      }
    }
  }

  /** The mean without the least and the greatest quarter. */
  static double middleMean(double... sorted) {
    int quarter = sorted.length / 4;
    return Arrays.stream(sorted, quarter, sorted.length - quarter).average().orElse(Double.NaN);
  }

  private static double allocated(RunResult run) {
    Result<?> bytes = run.getSecondaryResults().get("gc.alloc.rate.norm");
    return bytes == null ? Double.NaN : bytes.getScore();
  }
}
