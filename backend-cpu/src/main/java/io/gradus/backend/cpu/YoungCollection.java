package io.gradus.backend.cpu;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * A collection of young objects alone, for which Java has no call: the young generation is filled
 * with garbage. With a generation that fits into a cache this takes a fourth of what {@link
 * System#gc} takes, which always collects everything.
 *
 * <p>A generation so large that filling it would touch much memory is recognised once, and left
 * alone from then on.
 */
final class YoungCollection {
  /** Below half of the smallest region of G1, so that it is young there, too. */
  private static final int PIECE = 256 << 10;

  private static final int MOST = 48 << 20;

  /** Written only, so that no piece can be left out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile byte @Nullable [] piece;

  private static volatile boolean tooLarge;

  private YoungCollection() {}

  /** Whether it took place. */
  static boolean run() {
    if (tooLarge) {
      return false;
    }
    PhantomReference<Object> sentinel =
        new PhantomReference<>(new Object(), new ReferenceQueue<>());
    for (int filled = 0; !sentinel.refersTo(null); filled += PIECE) {
      if (filled > MOST) {
        tooLarge = true;
        return false;
      }
      piece = FreshArrays.bytes(PIECE);
    }
    piece = null;
    return true;
  }
}
