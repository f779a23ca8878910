package io.gradus.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks and prints a table: ours, the peer's, and how many times faster we are.
 *
 * <p>{@code RatioTable [REGEX] [--quick]}
 */
public final class RatioTable {
  private record Row(String name, Map<String, Double> micros) {}

  private RatioTable() {}

  /** Runs what the first argument selects; everything without one. */
  public static void main(String[] args) throws RunnerException {
    boolean quick = List.of(args).contains("--quick");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .forks(1)
            .warmupIterations(quick ? 2 : 5)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(quick ? 3 : 8)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgsAppend(
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseTransparentHugePages",
                "-XX:MaxNewSize=64m",
                "-Xms8g",
                "-Xmx8g");
    boolean all = true;
    for (String arg : args) {
      if (!arg.startsWith("--")) {
        options.include(arg);
        all = false;
      }
    }
    if (all) {
      options.include("io.gradus.benchmarks");
    }
    print(new Runner(options.build()).run());
  }

  private static void print(Collection<RunResult> results) {
    Map<String, Row> rows = new TreeMap<>();
    for (RunResult r : results) {
      String label = r.getParams().getBenchmark().replaceAll(".*\\.", "");
      String who = label.endsWith("Peer") ? "Peer" : "Gradus";
      String what = label.substring(0, label.length() - who.length());
      String size = r.getParams().getParam("size");
      String key = size == null ? what : "%s %12s".formatted(what, size);
      rows.computeIfAbsent(key, k -> new Row(k, new TreeMap<>()))
          .micros()
          .put(who, r.getPrimaryResult().getScore());
    }
    System.out.println("| row | Gradus us | libtorch (DJL) us | ratio |");
    System.out.println("|---|---:|---:|---:|");
    List<Double> ratios = new ArrayList<>();
    for (Row row : rows.values()) {
      Double ours = row.micros().get("Gradus");
      Double theirs = row.micros().get("Peer");
      if (ours != null && theirs != null) {
        ratios.add(theirs / ours);
        System.out.printf(
            Locale.ROOT,
            "| %s | %.3f | %.3f | %.2f |%n",
            row.name().replaceAll(" +", " "),
            ours,
            theirs,
            theirs / ours);
      }
    }
    double mean = Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(Double.NaN));
    System.out.printf(Locale.ROOT, "| geometric mean | | | %.2f |%n", mean);
  }
}
