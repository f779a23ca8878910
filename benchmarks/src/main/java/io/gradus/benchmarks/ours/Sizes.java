package io.gradus.benchmarks.ours;

import io.gradus.benchmarks.LibraryRows.Work;
import io.gradus.benchmarks.ours.SizeFamilies.Family;
import io.gradus.tensor.error.DeviceException;
import java.util.Locale;
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
   * A Markdown table of nanoseconds an element, or a multiplication, the best of three repetitions;
   * a dash where the heap is too small or a call would take minutes.
   */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| ns an element |");
    for (int n : ELEMENTS) {
      table.append(' ').append(named(n)).append(" |");
    }
    table.append("\n|---|").append("---:|".repeat(ELEMENTS.length)).append('\n');
    for (Family family : SizeFamilies.all()) {
      table.append("| ").append(family.name()).append(" |");
      for (int n : ELEMENTS) {
        table.append(' ').append(cell(family, n)).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String named(int n) {
    return n < 1_000_000
        ? n / 1000 + "K"
        : n < 1_000_000_000 ? n / 1_000_000 + "M" : n / 1_000_000_000 + "G";
  }

  private static String cell(Family family, int n) {
    try {
      Work work = family.of().apply(n);
      if (work == null) {
        return "–";
      }
      double nanos = nanos(n <= TINY ? work : Results.givenBack(work));
      return String.format(Locale.ROOT, "%.3g", nanos / family.units().applyAsDouble(n));
    } catch (DeviceException | OutOfMemoryError e) {
      return "–";
    }
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
