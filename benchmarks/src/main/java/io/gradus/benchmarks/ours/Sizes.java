package io.gradus.benchmarks.ours;

import io.gradus.Tensor;
import io.gradus.benchmarks.Inputs;
import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.tensor.error.DeviceException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an operation costs at each size, to see where its operands leave a cache: a table for a
 * reader, without peers.
 */
public final class Sizes {
  private static final int[] ELEMENTS = {
    1_000, 10_000, 100_000, 1_000_000, 4_000_000, 16_000_000, 64_000_000, 256_000_000, 1_000_000_000
  };
  private static final int TINY = 4_000;
  private static final long WARM_UP = 1_000_000_000L;
  private static final long MEASURED = 150_000_000L;
  private static final int REPETITIONS = 3;

  /** Written only, so that no result can be left out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile @Nullable Object sink;

  private Sizes() {}

  /**
   * A Markdown table of nanoseconds an element, the best of three repetitions; a dash where the
   * heap is too small.
   */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| ns an element |");
    for (int n : ELEMENTS) {
      table.append(' ').append(named(n)).append(" |");
    }
    table.append("\n|---|").append("---:|".repeat(ELEMENTS.length)).append('\n');
    families()
        .forEach(
            (name, family) -> {
              table.append("| ").append(name).append(" |");
              for (int n : ELEMENTS) {
                table.append(' ').append(cell(family, n)).append(" |");
              }
              table.append('\n');
            });
    return table.toString();
  }

  private static String named(int n) {
    return n < 1_000_000
        ? n / 1000 + "K"
        : n < 1_000_000_000 ? n / 1_000_000 + "M" : n / 1_000_000_000 + "G";
  }

  private static String cell(IntFunction<Work> family, int n) {
    try {
      Work work = family.apply(n);
      return String.format(
          Locale.ROOT, "%.3f", nanos(n <= TINY ? work : Results.givenBack(work)) / n);
    } catch (DeviceException | OutOfMemoryError e) {
      return "–";
    }
  }

  private static Map<String, IntFunction<Work>> families() {
    Map<String, IntFunction<Work>> families = new LinkedHashMap<>();
    families.put("`x.add(y)`", n -> add(of(n, 1), of(n, 2)));
    families.put("`x.add_(y)`", n -> addInPlace(of(n, 1), of(n, 2)));
    families.put("`x.exp()`", n -> exp(of(n, 1)));
    families.put("`x.mul(2).add(y).tanh()`", n -> chain(of(n, 1), of(n, 2)));
    families.put("`x.sum()`", n -> sum(of(n, 1)));
    families.put("`x.cumsum(0)`", n -> runningSum(of(n, 1)));
    families.put("`x.sort()`", n -> sort(of(n, 1)));
    return families;
  }

  private static Tensor of(int n, int seed) {
    // A copy: operations on an array that others may write to do not wait, hence do not become one.
    return Tensor.tensor(Inputs.normal(n, seed));
  }

  private static Work add(Tensor x, Tensor y) {
    return () -> Results.computed(x.add(y));
  }

  private static Work addInPlace(Tensor x, Tensor y) {
    return () -> Results.computed(x.add_(y));
  }

  private static Work exp(Tensor x) {
    return () -> Results.computed(x.exp());
  }

  private static Work chain(Tensor x, Tensor y) {
    return () -> Results.computed(x.mul(2).add(y).tanh());
  }

  private static Work sum(Tensor x) {
    return x::sum;
  }

  private static Work runningSum(Tensor x) {
    return () -> x.cumsum(0);
  }

  private static Work sort(Tensor x) {
    return x::sort;
  }

  private static double nanos(Work work) {
    run(work, WARM_UP);
    double best = Double.POSITIVE_INFINITY;
    for (int r = 0; r < REPETITIONS; r++) {
      best = Math.min(best, run(work, MEASURED));
    }
    return best;
  }

  /** The mean of one call. */
  private static double run(Work work, long atLeast) {
    long start = System.nanoTime();
    long calls = 0;
    long now;
    do {
      sink = work.run();
      calls++;
      now = System.nanoTime();
    } while (now - start < atLeast);
    return (double) (now - start) / calls;
  }
}
