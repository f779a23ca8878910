package io.gradus.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.golden.Outcome.Status;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Chooses the committed cases from a whole folder: of each operation that exists here a few of
 * every kind, the shortest ones that pass, and what the skip list names.
 *
 * <p>Run by {@code ./mvnw -Pgoldens -Dgradus.goldens.subset=autograd/src/test/resources/goldens
 * verify}.
 */
final class GoldenSubset {
  private static final int EACH = 2;
  private static final int LONGEST = 6000;

  /** Leaves a few large volumes of modules out that have smaller cases too. */
  private static final int LONGEST_MODULE = 24_000;

  private GoldenSubset() {}

  /** Writes the files that {@link GoldenSubsetTest} reads. */
  static void write(Path folder, Path to) throws IOException {
    Files.createDirectories(to);
    GoldenSuite suite = new GoldenSuite();
    SkipList skip = SkipList.committed();
    List<JsonNode> calls = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("ops"))) {
      for (Path file : files.sorted().toList()) {
        calls.addAll(chosen(suite, skip, GoldenFiles.lines("ops/" + file.getFileName())));
      }
    }
    write(to.resolve("ops.jsonl.gz"), calls);
    List<JsonNode> errors = new ArrayList<>();
    for (JsonNode json : GoldenFiles.lines("errors.jsonl.gz")) {
      Outcome o = suite.error(json);
      if (o.status() == Status.PASSED || skip.lists(o)) {
        errors.add(json);
      }
    }
    write(to.resolve("errors.jsonl.gz"), errors);
    for (GoldenSuite.Whole whole :
        List.of(GoldenSuite.Whole.INDEXING, GoldenSuite.Whole.VIEWS, GoldenSuite.Whole.PRINTING)) {
      List<JsonNode> kept = new ArrayList<>();
      for (JsonNode json : GoldenFiles.lines(whole.file())) {
        Outcome o = suite.one(whole, json);
        if (o.status() == Status.PASSED || skip.lists(o)) {
          kept.add(json);
        }
      }
      write(to.resolve(whole.file()), kept);
    }
    List<JsonNode> modules = new ArrayList<>();
    for (JsonNode json : GoldenFiles.lines(GoldenSuite.Whole.MODULES.file())) {
      Outcome o = suite.one(GoldenSuite.Whole.MODULES, json);
      boolean small = json.toString().length() < LONGEST_MODULE;
      if (small && o.status() == Status.PASSED || skip.lists(o)) {
        modules.add(json);
      }
    }
    write(to.resolve(GoldenSuite.Whole.MODULES.file()), modules);
  }

  private static List<JsonNode> chosen(GoldenSuite suite, SkipList skip, List<JsonNode> all) {
    List<JsonNode> byLength = new ArrayList<>(all);
    byLength.sort(Comparator.comparingInt(j -> j.toString().length()));
    Map<String, Integer> taken = new HashMap<>();
    List<JsonNode> kept = new ArrayList<>();
    for (JsonNode json : byLength) {
      List<Outcome> outcomes = null;
      String kind = kind(json);
      boolean wanted =
          taken.getOrDefault(kind, 0) < (json.has("grad") ? EACH : 1)
              && json.toString().length() < LONGEST
              && !isEmpty(json);
      if (wanted) {
        outcomes = suite.call(json);
        wanted = outcomes.stream().allMatch(o -> o.status() == Status.PASSED);
      }
      boolean listed = skip.names(json) && suite.call(json).stream().anyMatch(skip::lists);
      if (wanted || listed) {
        taken.merge(kind, 1, Integer::sum);
        kept.add(json);
      }
    }
    return kept;
  }

  /** Empty operands say little; they are short, and would push out all others. */
  private static boolean isEmpty(JsonNode json) {
    JsonNode first = json.path("args").path(0).path("t");
    return first.has("data") && first.get("data").textValue().isEmpty();
  }

  private static String kind(JsonNode json) {
    return json.path("variant").asText()
        + "/"
        + json.get("dtype").textValue()
        + "/"
        + json.has("grad")
        + "/"
        + json.path("tag").asText()
        + "/"
        + json.path("inplace").booleanValue();
  }

  private static void write(Path file, List<JsonNode> cases) throws IOException {
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      for (JsonNode json : cases) {
        out.write(json + "\n");
      }
    }
  }
}
