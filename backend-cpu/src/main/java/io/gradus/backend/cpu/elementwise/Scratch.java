package io.gradus.backend.cpu.elementwise;

import io.gradus.tensor.dtype.ComputeType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tiles of one thread, kept for the next kernel. */
final class Scratch {
  /** The number of elements of a tile. */
  static final int TILE = 4096;

  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private final @Nullable Object[][] tiles = new Object[ComputeType.values().length][8];

  private Scratch() {}

  static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /** Tile {@code number} of a type, with whatever it last held. */
  Object tile(ComputeType type, int number) {
    @Nullable Object[] all = tiles[type.ordinal()];
    if (number >= all.length) {
      all = Arrays.copyOf(all, Math.max(number + 1, 2 * all.length));
      tiles[type.ordinal()] = all;
    }
    Object tile = all[number];
    if (tile == null) {
      tile =
          switch (type) {
            case F32 -> new float[TILE];
            case F64 -> new double[TILE];
            case I32 -> new int[TILE];
            case I64 -> new long[TILE];
          };
      all[number] = tile;
    }
    return tile;
  }
}
