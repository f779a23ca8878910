package io.gradus.golden;

import io.gradus.golden.Outcome.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Outcomes, counted by kind and operation. */
final class Score {
  /** How many cases of one kind came to what. */
  record Count(int passed, int failed, int absent, int skipped) {
    static final Count NONE = new Count(0, 0, 0, 0);

    Count plus(Status status) {
      return switch (status) {
        case PASSED -> new Count(passed + 1, failed, absent, skipped);
        case FAILED -> new Count(passed, failed + 1, absent, skipped);
        case ABSENT -> new Count(passed, failed, absent + 1, skipped);
        case SKIPPED -> new Count(passed, failed, absent, skipped + 1);
      };
    }

    /** All cases in scope: those of operations that we lack too. */
    int inScope() {
      return passed + failed + absent;
    }

    @Override
    public String toString() {
      return passed + "/" + inScope();
    }
  }

  private final Map<Kind, Count> totals = new EnumMap<>(Kind.class);
  private final Map<String, Map<Kind, Count>> byOperation = new TreeMap<>();
  private final Map<String, List<Outcome>> troubles = new TreeMap<>();

  Score(List<Outcome> outcomes) {
    for (Outcome o : outcomes) {
      totals.merge(o.kind(), Count.NONE.plus(o.status()), (a, b) -> a.plus(o.status()));
      byOperation
          .computeIfAbsent(o.operation(), k -> new EnumMap<>(Kind.class))
          .merge(o.kind(), Count.NONE.plus(o.status()), (a, b) -> a.plus(o.status()));
      if (o.status() != Status.PASSED) {
        troubles.computeIfAbsent(o.operation(), k -> new ArrayList<>()).add(o);
      }
    }
  }

  Count total(Kind kind) {
    return totals.getOrDefault(kind, Count.NONE);
  }

  /** Operations with their counts; only kinds that are about operations. */
  Map<String, Map<Kind, Count>> operations() {
    return byOperation;
  }

  /** What did not pass. */
  List<Outcome> troubles(String operation) {
    return troubles.getOrDefault(operation, List.of());
  }

  /** The totals in one line. */
  String line() {
    List<String> parts = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      parts.add(kind.name().toLowerCase(Locale.ROOT) + " " + total(kind));
    }
    return "goldens: " + String.join(", ", parts);
  }
}
