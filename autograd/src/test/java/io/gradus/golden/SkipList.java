package io.gradus.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.golden.Outcome.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cases that are known to fail, a line each: kind, operation, id ({@code *} for all that fail),
 * reason.
 *
 * <p>They count as failed all the same; the list keeps the default build green and honest: a case
 * on it that passes fails the build.
 */
record SkipList(Map<String, String> reasons) {
  static SkipList committed() {
    Map<String, String> reasons = new LinkedHashMap<>();
    try (InputStream in = SkipList.class.getResourceAsStream("/goldens/skip.txt")) {
      if (in == null) {
        return new SkipList(reasons);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] words = line.trim().split(" +", 4);
        if (words.length < 4) {
          throw new IllegalArgumentException("a line of skip.txt without a reason: " + line);
        }
        reasons.put(words[0] + " " + words[1] + " " + words[2], words[3]);
      }
      return new SkipList(reasons);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(Outcome o) {
    return o.kind().label() + " " + o.operation() + " " + o.id();
  }

  /** Whether any kind of a case is listed. */
  boolean names(JsonNode json) {
    String ending = " " + json.get("op").textValue() + " " + GoldenCase.id(json);
    String general = " " + json.get("op").textValue() + " *";
    return reasons.keySet().stream().anyMatch(k -> k.endsWith(ending) || k.endsWith(general));
  }

  /** Whether a case is listed. */
  boolean lists(Outcome o) {
    return reasons.containsKey(key(o)) || reasons.containsKey(general(o)) && !passed(o);
  }

  private static boolean passed(Outcome o) {
    return o.status() == Status.PASSED;
  }

  private static String general(Outcome o) {
    return o.kind().label() + " " + o.operation() + " *";
  }

  /** Cases that fail, or that nothing of ours answers, without being listed. */
  List<String> unlisted(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(o -> o.status() == Status.FAILED || o.status() == Status.ABSENT)
        .filter(o -> !lists(o))
        .map(o -> key(o) + " " + o.detail())
        .toList();
  }

  /** Cases listed by their ids that pass. */
  List<String> stale(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(o -> passed(o) && reasons.containsKey(key(o)))
        .map(SkipList::key)
        .toList();
  }
}
