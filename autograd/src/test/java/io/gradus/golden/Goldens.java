package io.gradus.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a whole folder of golden files, writes the table of the score and ends with one line of
 * totals; fails if a case of the skip list passes.
 */
public final class Goldens {
  private Goldens() {}

  /** {@code Goldens FOLDER REPORT [words of operations]}. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) {
      System.out.println("goldens: no folder " + folder + "; set -Dgradus.goldens=DIR");
      System.exit(1);
    }
    List<String> only = List.of(args).subList(2, args.length);
    System.setProperty("gradus.goldens", folder.toString());
    List<Outcome> all = new ArrayList<>();
    run(folder, only, all::add);
    Score score = new Score(all);
    String subset = System.getProperty("gradus.goldens.subset", "");
    if (!subset.isEmpty()) {
      GoldenSubset.write(folder, Path.of(subset));
    }
    if (only.isEmpty()) {
      Files.writeString(Path.of(args[1]), ConformanceReport.of(score));
    } else {
      all.stream()
          .filter(o -> o.status() == Outcome.Status.FAILED || o.status() == Outcome.Status.ABSENT)
          .forEach(System.out::println);
    }
    if (System.getProperty("gradus.goldens.log") != null) {
      Files.write(
          Path.of(System.getProperty("gradus.goldens.log")),
          all.stream()
              .filter(o -> o.status() != Outcome.Status.PASSED)
              .map(
                  o ->
                      o.status()
                          + "\t"
                          + o.kind().label()
                          + "\t"
                          + o.operation()
                          + "\t"
                          + o.id()
                          + "\t"
                          + o.detail())
              .toList());
    }
    List<String> stale = SkipList.committed().stale(all);
    stale.forEach(s -> System.out.println("goldens: listed as failing, but passes: " + s));
    System.out.println(score.line());
    if (!stale.isEmpty()) {
      System.exit(1);
    }
  }

  private static void run(Path folder, List<String> only, Consumer<Outcome> to) throws IOException {
    GoldenSuite suite = new GoldenSuite();
    try (Stream<Path> files = Files.list(folder.resolve("ops"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!only.isEmpty() && !only.contains(name.replace(".jsonl.gz", ""))) {
          continue;
        }
        for (JsonNode json : GoldenFiles.lines("ops/" + name)) {
          suite.call(json).forEach(to);
        }
      }
    }
    for (JsonNode json : GoldenFiles.lines("errors.jsonl.gz")) {
      if (only.isEmpty() || only.contains(json.get("op").textValue()) || only.contains("errors")) {
        to.accept(suite.error(json));
      }
    }
    for (GoldenSuite.Whole file : GoldenSuite.Whole.values()) {
      if (only.isEmpty() || only.contains(file.kind().label())) {
        suite.whole(file).forEach(to);
      }
    }
  }
}
