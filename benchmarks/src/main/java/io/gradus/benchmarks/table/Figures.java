package io.gradus.benchmarks.table;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.table.Outcome.Measured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All figures of a run. */
public final class Figures {
  /** A peer with what it needs for a row. */
  public record Best(Library peer, double value) {}

  private final Map<Row, Map<Library, Outcome>> outcomes = new EnumMap<>(Row.class);

  /** Notes a figure; the first of a row and library stays. */
  public void put(Row row, Library library, Outcome outcome) {
    outcomes.computeIfAbsent(row, r -> new EnumMap<>(Library.class)).putIfAbsent(library, outcome);
  }

  /**
   * Notes what came of several turns: of each row and library the turn with the least figure, since
   * what others do on the machine only adds to it; or one that has none.
   */
  public void putLeast(List<Figures> turns) {
    for (Row row : Row.values()) {
      for (Library library : Library.values()) {
        List<Outcome> all = turns.stream().flatMap(t -> t.outcome(row, library).stream()).toList();
        List<Measured> measured =
            all.stream().filter(Measured.class::isInstance).map(Measured.class::cast).toList();
        if (!all.isEmpty() && measured.size() == all.size()) {
          put(row, library, Collections.min(measured, Comparator.comparingDouble(Measured::value)));
        } else {
          all.stream()
              .filter(o -> !(o instanceof Measured))
              .findFirst()
              .ifPresent(o -> put(row, library, o));
        }
      }
    }
  }

  /** Whether anything is known. */
  public boolean has(Row row, Library library) {
    return outcomes.getOrDefault(row, Map.of()).containsKey(library);
  }

  /** The rows with anything known, in order. */
  public List<Row> rows() {
    return List.copyOf(outcomes.keySet());
  }

  /** The libraries with anything but absences, in order. */
  public List<Library> libraries() {
    List<Library> found = new ArrayList<>();
    for (Library l : Library.values()) {
      boolean any =
          outcomes.values().stream()
              .anyMatch(m -> m.get(l) != null && !(m.get(l) instanceof Outcome.Absent));
      if (any) {
        found.add(l);
      }
    }
    return found;
  }

  /** What came of it, if it was tried. */
  public Optional<Outcome> outcome(Row row, Library library) {
    return Optional.ofNullable(outcomes.getOrDefault(row, Map.of()).get(library));
  }

  /** The figure, if there is one. */
  public Optional<Measured> measured(Row row, Library library) {
    return outcome(row, library).filter(Measured.class::isInstance).map(Measured.class::cast);
  }

  /** The fastest peer of a row. */
  public Optional<Best> best(Row row) {
    Best best = null;
    for (Library l : Library.values()) {
      Optional<Measured> m = measured(row, l);
      if (l != Library.GRADUS && m.isPresent()) {
        double value = m.get().value();
        if (best == null || value < best.value()) {
          best = new Best(l, value);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many times faster than the best peer Gradus is. */
  public Optional<Double> ratio(Row row) {
    Optional<Best> best = best(row);
    Optional<Measured> ours = measured(row, Library.GRADUS);
    if (best.isEmpty() || ours.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(best.get().value() / ours.get().value());
  }

  /** The geometric mean of the ratios of rows; NaN if none has one. */
  public double mean(List<Row> rows) {
    return Math.exp(
        rows.stream()
            .map(this::ratio)
            .flatMap(Optional::stream)
            .mapToDouble(Math::log)
            .average()
            .orElse(Double.NaN));
  }
}
