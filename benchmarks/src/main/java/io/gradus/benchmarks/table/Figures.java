package io.gradus.benchmarks.table;

import io.gradus.benchmarks.Library;
import io.gradus.benchmarks.Row;
import io.gradus.benchmarks.table.Outcome.Measured;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All figures of a run. */
public final class Figures {
  /** A peer with what it needs for a row. */
  public record Best(Library peer, double value) {}

  private final Map<Row, Map<Library, Outcome>> outcomes = new EnumMap<>(Row.class);

  /** Notes a figure; the first of a row and library stays. */
  public void put(Row row, Library library, Outcome outcome) {
    outcomes.computeIfAbsent(row, r -> new EnumMap<>(Library.class)).putIfAbsent(library, outcome);
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
    return best(row, Measured::value);
  }

  private Optional<Best> best(Row row, ToDoubleFunction<Measured> figure) {
    Best best = null;
    for (Library l : Library.values()) {
      Optional<Measured> m = measured(row, l);
      if (l != Library.GRADUS && m.isPresent()) {
        double value = figure.applyAsDouble(m.get());
        if (!Double.isNaN(value) && (best == null || value < best.value())) {
          best = new Best(l, value);
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many times faster than the best peer Gradus is. */
  public Optional<Double> ratio(Row row) {
    return ratio(row, Measured::value);
  }

  /** The same if only the best iteration of each counts. */
  public Optional<Double> bestRatio(Row row) {
    return ratio(row, Measured::best).filter(r -> !r.isNaN());
  }

  private Optional<Double> ratio(Row row, ToDoubleFunction<Measured> figure) {
    Optional<Best> best = best(row, figure);
    Optional<Measured> ours = measured(row, Library.GRADUS);
    if (best.isEmpty() || ours.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(best.get().value() / figure.applyAsDouble(ours.get()));
  }

  /** The geometric mean of ratios; NaN if there are none. */
  public static double mean(Stream<Optional<Double>> ratios) {
    return Math.exp(
        ratios.flatMap(Optional::stream).mapToDouble(Math::log).average().orElse(Double.NaN));
  }
}
