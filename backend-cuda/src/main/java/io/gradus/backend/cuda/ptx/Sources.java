package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Every text that was written, by what it was written from. */
final class Sources {
  private final ConcurrentHashMap<Record, PtxSource> written = new ConcurrentHashMap<>();
  private final boolean alwaysWide;
  private final boolean alwaysDigits;

  /**
   * No texts yet. What large tensors need can be had for small ones, for tests.
   *
   * @param alwaysWide whether positions take 64 bits even where 32 are enough
   * @param alwaysDigits whether to sort by digits even where merging is enough
   */
  Sources(boolean alwaysWide, boolean alwaysDigits) {
    this.alwaysWide = alwaysWide;
    this.alwaysDigits = alwaysDigits;
  }

  <K extends Record> PtxSource get(K key, Function<K, PtxSource> write) {
    PtxSource known = written.get(key);
    return known != null ? known : written.computeIfAbsent(key, k -> write.apply(key));
  }

  /** Whether to take 64 bits for positions, given whether they are needed. */
  boolean wide(boolean needed) {
    return alwaysWide || needed;
  }

  /** Whether to sort by digits, given whether that is quicker. */
  boolean digits(boolean quicker) {
    return alwaysDigits || quicker;
  }

  /** The number of texts. */
  int size() {
    return written.size();
  }
}
