package io.gradus.golden;

import io.gradus.golden.Outcome.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of the score as Markdown. */
final class ConformanceReport {
  private static final List<Kind> CALLS =
      List.of(Kind.FORWARD, Kind.GRADIENT, Kind.GRADGRAD, Kind.ERRORS);

  private ConformanceReport() {}

  static String of(Score score) {
    StringBuilder out = new StringBuilder();
    out.append(
        """
        # Conformance to PyTorch

        What this library computes, compared with PyTorch 2.13.0 on its own samples of every operation.
        Written by `./mvnw -Pgoldens verify`; do not edit.

        A case passes if it does so with the strides of the sample, with contiguous operands, and in
        place where both have such a form: values within the tolerance of the dtype, dtypes, shapes,
        shared memory, untouched arguments. A case of an operation that does not exist here counts as
        not passed. Skipped are only calls that PyTorch refuses and a typed call cannot express.

        Tolerances: exact for whole numbers and bool; for floats, relative to the larger of 1 and the
        value, 1e-9 (f64, gradients too), 2e-5 (f32), 2e-3 (f16), 2e-2 (bf16). At least 1e-6 for
        `special.bessel_*` and 3e-6 for `special.airy_ai`, since PyTorch's own values are off the exact
        ones by that much. Of `topk` and `kthvalue`
        any of equals may be the position; of decompositions the products are compared. Errors:
        IndexError stands for `TensorIndexException` (or `ShapeException` where an operand lacks
        dimensions), ValueError for `InvalidArgumentException`, `ShapeException` or `DTypeException`,
        LinAlgError for `NumericalException`, all others for any `TensorException`; after an error the
        operands must be what they were.

        | cases | passed | failed | absent | skipped | passed of those in scope |
        |---|---|---|---|---|---|
        """);
    for (Kind kind : Kind.values()) {
      Score.Count c = score.total(kind);
      double share = c.inScope() == 0 ? 0 : 100.0 * c.passed() / c.inScope();
      out.append(
          "| %s | %d | %d | %d | %d | %.1f %% |\n"
              .formatted(kind.label(), c.passed(), c.failed(), c.absent(), c.skipped(), share));
    }
    existing(score, out);
    absent(score, out);
    return out.toString();
  }

  private static boolean isCall(Map<Kind, Score.Count> counts) {
    return CALLS.stream().anyMatch(counts::containsKey);
  }

  private static boolean isAbsent(Map<Kind, Score.Count> counts) {
    return counts.values().stream().allMatch(c -> c.passed() + c.failed() == 0);
  }

  private static void existing(Score score, StringBuilder out) {
    out.append("\n## Operations\n\nPassed of those in scope.\n\n");
    out.append("| operation | forward | gradient | gradgrad | errors | what is wrong |\n");
    out.append("|---|---|---|---|---|---|\n");
    score
        .operations()
        .forEach(
            (name, counts) -> {
              if (isCall(counts) && !isAbsent(counts)) {
                List<String> cells = new ArrayList<>();
                for (Kind kind : CALLS) {
                  Score.Count c = counts.get(kind);
                  cells.add(
                      c == null
                          ? ""
                          : c + (c.skipped() > 0 ? " (" + c.skipped() + " skipped)" : ""));
                }
                out.append(
                    "| `%s` | %s | %s |\n"
                        .formatted(name, String.join(" | ", cells), wrong(score.troubles(name))));
              }
            });
  }

  /** The commonest causes, shortened. */
  private static String wrong(List<Outcome> troubles) {
    Map<String, Integer> causes = new LinkedHashMap<>();
    for (Outcome o : troubles) {
      if (o.status() != Status.SKIPPED) {
        causes.merge(cause(o), 1, Integer::sum);
      }
    }
    return causes.entrySet().stream()
        .sorted((a, b) -> b.getValue() - a.getValue())
        .limit(2)
        .map(e -> e.getValue() + " x " + e.getKey())
        .reduce((a, b) -> a + "; " + b)
        .orElse("");
  }

  private static String cause(Outcome o) {
    String text = o.detail().replaceAll("\\s+", " ").replaceAll("[<>`*_\\[\\]]", " ");
    return (o.status() == Status.ABSENT ? "absent: " : "")
        + (text.length() > 90 ? text.substring(0, 90) + "…" : text);
  }

  private static void absent(Score score, StringBuilder out) {
    List<String> names = new ArrayList<>();
    score
        .operations()
        .forEach(
            (name, counts) -> {
              if (isCall(counts) && isAbsent(counts)) {
                names.add("`" + name + "`");
              }
            });
    out.append("\n## PyTorch's operations that do not exist here\n\n");
    out.append(String.join(", ", names)).append("\n");
  }
}
