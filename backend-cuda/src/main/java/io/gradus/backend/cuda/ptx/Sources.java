package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Every text that was written, by what it was written from. */
final class Sources {
  private final ConcurrentHashMap<Record, PtxSource> written = new ConcurrentHashMap<>();
  private final boolean alwaysWide;

  /**
   * No texts yet.
   *
   * @param alwaysWide whether positions take 64 bits even where 32 are enough, for tests
   */
  Sources(boolean alwaysWide) {
    this.alwaysWide = alwaysWide;
  }

  <K extends Record> PtxSource get(K key, Function<K, PtxSource> write) {
    PtxSource known = written.get(key);
    return known != null ? known : written.computeIfAbsent(key, k -> write.apply(key));
  }

  /** Whether to take 64 bits for positions, given whether they are needed. */
  boolean wide(boolean needed) {
    return alwaysWide || needed;
  }

  /** The number of texts. */
  int size() {
    return written.size();
  }
}
