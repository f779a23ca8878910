package io.gradus.backend.cpu.fft;

import java.util.LinkedHashMap;
import java.util.Map;
import org.visnow.jlargearrays.ConcurrencyUtils;

/** The plans of the lengths used last: their tables cost more than a transform. */
final class Plans {
  private static final int KEPT = 32;

  /** Long plans are not kept: their tables may take more memory than the data. */
  private static final int LONGEST_KEPT = 1 << 21;

  private static final Map<Integer, LinePlan> LAST =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, LinePlan> eldest) {
          return size() > KEPT;
        }
      };

  static {
    // The library has this for the whole process only. Threads of its own would not obey
    // gradus.threads, and results would depend on their number.
    ConcurrencyUtils.setNumberOfThreads(1);
  }

  private Plans() {}

  static LinePlan of(int length) {
    if (length > LONGEST_KEPT) {
      return new LinePlan(length);
    }
    synchronized (LAST) {
      return LAST.computeIfAbsent(length, LinePlan::new);
    }
  }
}
