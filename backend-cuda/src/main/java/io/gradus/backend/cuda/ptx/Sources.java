package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Every text that was written, by what it was written from. */
final class Sources {
  private final ConcurrentHashMap<Record, PtxSource> written = new ConcurrentHashMap<>();
  private final boolean alwaysWide;
  private final boolean alwaysDigits;
  private final boolean tf32;

  /**
   * No texts yet.
   *
   * @param tf32 whether products of {@code f32} may be rounded
   */
  Sources(boolean tf32) {
    this(false, false, tf32);
  }

  /**
   * No texts yet. What large tensors need can be had for small ones, for tests.
   *
   * @param alwaysWide whether positions take 64 bits even where 32 are enough
   * @param alwaysDigits whether to sort by digits even where merging is enough
   * @param tf32 whether products of {@code f32} may be rounded
   */
  Sources(boolean alwaysWide, boolean alwaysDigits, boolean tf32) {
    this.alwaysWide = alwaysWide;
    this.alwaysDigits = alwaysDigits;
    this.tf32 = tf32;
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

  /** Whether the factors of products of {@code f32} may be rounded to 10 bits. */
  boolean tf32() {
    return tf32;
  }

  /** The number of texts. */
  int size() {
    return written.size();
  }
}
