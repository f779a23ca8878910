package io.gradus.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a whole folder of golden files, writes the table of the score and ends with one line of
 * totals; fails if a case of the skip list passes, or one fails that is not on it.
 */
public final class Goldens {
  private Goldens() {}

  /**
   * {@code Goldens FOLDER REPORT [words of operations]}; where the folder is {@code auto}, it is
   * the one beside the project, or else the committed cases, for which no report is written.
   */
  public static void main(String[] args) throws IOException {
    Path folder =
        Path.of(args[0].equals("auto") ? "../shared/goldens" : args[0])
            .toAbsolutePath()
            .normalize();
    boolean committed = args[0].equals("auto") && !Files.isDirectory(folder);
    if (!committed && !Files.isDirectory(folder)) {
      System.out.println("goldens: no folder " + folder + "; set -Dgradus.goldens=DIR");
      System.exit(1);
    }
    List<String> only = List.of(args).subList(2, args.length);
    if (committed) {
      System.out.println("goldens: the committed cases, as there is no folder " + folder);
    } else {
      System.setProperty("gradus.goldens", folder.toString());
    }
    List<Outcome> all = new ArrayList<>();
    run(committed ? null : folder, only, all::add);
    Score score = new Score(all);
    String subset = System.getProperty("gradus.goldens.subset", "");
    if (!subset.isEmpty() && !committed) {
      GoldenSubset.write(folder, Path.of(subset));
    }
    if (only.isEmpty() && !committed) {
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
    List<String> unknown = SkipList.committed().unlisted(all);
    unknown.forEach(s -> System.out.println("goldens: fails, and is not listed in skip.txt: " + s));
    System.out.println(score.line());
    System.out.println("goldens: modules " + score.total(Kind.MODULES));
    if (!stale.isEmpty() || !unknown.isEmpty()) {
      System.exit(1);
    }
  }

  private static void run(@Nullable Path folder, List<String> only, Consumer<Outcome> to)
      throws IOException {
    GoldenSuite suite = new GoldenSuite();
    if (folder == null) {
      for (JsonNode json : GoldenFiles.committed("ops.jsonl.gz")) {
        if (only.isEmpty() || only.contains(json.get("op").textValue())) {
          suite.call(json).forEach(to);
        }
      }
    } else {
      calls(suite, folder, only, to);
    }
    if (isThere(folder, "errors.jsonl.gz")) {
      for (JsonNode json : GoldenFiles.lines("errors.jsonl.gz")) {
        if (only.isEmpty()
            || only.contains(json.get("op").textValue())
            || only.contains("errors")) {
          to.accept(suite.error(json));
        }
      }
    }
    for (GoldenSuite.Whole file : GoldenSuite.Whole.values()) {
      if (isThere(folder, file.file()) && (only.isEmpty() || only.contains(file.kind().label()))) {
        suite.whole(file).forEach(to);
      }
    }
  }

  private static void calls(GoldenSuite suite, Path folder, List<String> only, Consumer<Outcome> to)
      throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("ops"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".jsonl.gz")
            || !only.isEmpty() && !only.contains(name.replace(".jsonl.gz", ""))) {
          continue;
        }
        for (JsonNode json : GoldenFiles.lines("ops/" + name)) {
          suite.call(json).forEach(to);
        }
      }
    }
  }

  /** A folder may have only some of the files: what it lacks is not replaced by committed cases. */
  private static boolean isThere(@Nullable Path folder, String name) {
    boolean there = folder == null || Files.exists(folder.resolve(name));
    if (!there) {
      System.out.println("goldens: no file " + name);
    }
    return there;
  }
}
