package io.gradus.benchmarks.run;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.table.Figures;
import io.gradus.benchmarks.table.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures the official PyTorch package by the script beside the modules. */
final class PythonRuns {
  private static final List<String> ANSWERS = List.of("MEASURED", "ABSENT", "NOT_RUN");

  private final BenchOptions.Depth depth;
  private final Figures figures;

  PythonRuns(BenchOptions.Depth depth, Figures figures) {
    this.depth = depth;
    this.figures = figures;
  }

  void measure(Path python, Library library, List<Row> rows)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.add(Jvm.home().resolve("pytorch.py").toString());
    command.add("--mode=" + (library == Library.TORCH_COMPILE ? "compile" : "eager"));
    command.add("--seconds=" + seconds());
    rows.forEach(r -> command.add(r.name()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    Jvm.environment(builder.environment());
    String reason;
    try {
      Process process = builder.start();
      read(process, library);
      reason = "the script ended with code " + process.waitFor();
    } catch (IOException e) {
      reason = String.valueOf(e.getMessage());
    }
    Outcome missing = new Outcome.NotRun(reason);
    rows.forEach(r -> figures.put(r, library, missing));
  }

  private void read(Process process, Library library) throws IOException {
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null) {
        String[] fields = line.split("\t");
        if (fields.length > 1 && ANSWERS.contains(fields[1])) {
          figures.put(Row.valueOf(fields[0]), library, RowRuns.outcome(fields));
        }
        line = out.readLine();
      }
    }
  }

  private String seconds() {
    return switch (depth) {
      case FULL -> "4";
      case QUICK -> "0.3";
      case SMOKE -> "0.01";
    };
  }
}
