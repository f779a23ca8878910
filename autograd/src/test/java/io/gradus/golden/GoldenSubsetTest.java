package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.golden.Outcome.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The committed cases: all pass but those of the skip list, and those do not. */
class GoldenSubsetTest {
  private final GoldenSuite suite = new GoldenSuite();
  private final SkipList skip = SkipList.committed();

  @TestFactory
  @DisplayName("operations give PyTorch's values, gradients and second gradients")
  Stream<DynamicTest> calls() {
    Map<String, List<JsonNode>> byOperation = new TreeMap<>();
    for (JsonNode json : GoldenFiles.committed("ops.jsonl.gz")) {
      byOperation.computeIfAbsent(json.get("op").textValue(), k -> new ArrayList<>()).add(json);
    }
    return byOperation.entrySet().stream()
        .map(
            e ->
                dynamicTest(
                    e.getKey(),
                    () -> check(e.getValue().stream().flatMap(j -> suite.call(j).stream()))));
  }

  @TestFactory
  @DisplayName("S13 calls that PyTorch refuses raise an error of the right kind")
  Stream<DynamicTest> errors() {
    Map<String, List<JsonNode>> byOperation = new TreeMap<>();
    for (JsonNode json : GoldenFiles.committed("errors.jsonl.gz")) {
      byOperation.computeIfAbsent(json.get("op").textValue(), k -> new ArrayList<>()).add(json);
    }
    return byOperation.entrySet().stream()
        .map(e -> dynamicTest(e.getKey(), () -> check(e.getValue().stream().map(suite::error))));
  }

  @TestFactory
  @DisplayName("S3, S5, S9, S12 subscripts, views, printed text and modules are PyTorch's")
  Stream<DynamicTest> whole() {
    return Stream.of(
            GoldenSuite.Whole.INDEXING,
            GoldenSuite.Whole.VIEWS,
            GoldenSuite.Whole.PRINTING,
            GoldenSuite.Whole.MODULES)
        .map(
            w ->
                dynamicTest(
                    w.kind().label(),
                    () ->
                        check(GoldenFiles.committed(w.file()).stream().map(j -> suite.one(w, j)))));
  }

  private void check(Stream<Outcome> outcomes) {
    List<String> wrong = new ArrayList<>();
    int[] seen = new int[1];
    outcomes.forEach(
        o -> {
          seen[0]++;
          boolean passes = o.status() == Status.PASSED;
          if (passes == skip.lists(o)) {
            wrong.add(passes ? "on the skip list, but passes: " + o : o.toString());
          }
        });
    assertEquals(List.of(), wrong, "of " + seen[0] + " cases");
  }
}
