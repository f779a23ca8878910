package io.gradus.benchmarks.run;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.MemoryProcess;
import io.gradus.benchmarks.Operation;
import io.gradus.benchmarks.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What training loops of Gradus need of the heap: with {@code ./gradus}'s flags, and with no more
 * than programs need that are started in another way.
 */
final class MemoryRuns {
  private static final Set<Operation> LOOPS =
      Set.of(Operation.MLP_SGD, Operation.MLP_ADAM, Operation.CNN_SGD);
  private static final String HEAD =
      """
      | loop | JVM | steps | collections | full | half of the pauses below, ms | 99 in 100 | all \
      | most heap in use, MB | after a collection, by quarters of the time |
      |---|---|---:|---:|---:|---:|---:|---:|---:|---|
      """;

  private MemoryRuns() {}

  /** Whether a row is a loop of which this tells. */
  static boolean isLoop(Row row) {
    return LOOPS.contains(row.operation());
  }

  /** A Markdown table, for loops of some seconds each. */
  static String markdown(List<Row> loops, int seconds) throws IOException, InterruptedException {
    StringBuilder table = new StringBuilder(HEAD);
    for (Row row : loops) {
      table.append(line(row, seconds, "`./gradus`", Jvm.flags(Library.GRADUS), false));
      table.append(line(row, seconds, "G1", g1(), false));
      table.append(line(row, seconds, "G1, `TensorScope`", g1(), true));
    }
    return table.toString();
  }

  /** No more than needed; a JVM on a small machine would choose another collector. */
  private static List<String> g1() {
    List<String> flags = new ArrayList<>(Jvm.startFlags());
    flags.add("-XX:+UseG1GC");
    return flags;
  }

  private static String line(Row row, int seconds, String name, List<String> jvm, boolean scoped)
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(jvm);
    flags.add("-Dgradus.bench.leave=" + !scoped);
    flags.add("-Dstdout.encoding=UTF-8");
    Process process =
        Jvm.process(
                Library.GRADUS, flags, MemoryProcess.class, List.of(row.name(), "" + seconds, name))
            .redirectErrorStream(true)
            .start();
    List<String> output = process.inputReader(StandardCharsets.UTF_8).readAllLines();
    if (process.waitFor() != 0) {
      throw new IOException(row.label() + ": " + String.join("\n", output));
    }
    return output.stream()
            .filter(l -> l.startsWith(MemoryProcess.LINE))
            .reduce((a, b) -> b)
            .orElseThrow()
        + "\n";
  }
}
