package io.gradus.backend.cpu.index;

/**
 * The blocks of a line sorted by which range of positions they go to, in order within each range,
 * so that every range can have a thread of its own.
 */
final class Owners {
  /** How many ranges there are; fixed, so that nothing depends on the number of threads. */
  static final int COUNT = 64;

  private final int[] starts = new int[COUNT + 1];
  private final int[] order;

  Owners(Blocks blocks) {
    int n = (int) blocks.count();
    this.order = new int[n];
    byte[] owner = new byte[n];
    double share = COUNT / (double) blocks.limit();
    for (int i = 0; i < n; i++) {
      int o = Math.min(COUNT - 1, (int) (blocks.indexOf(i) * share));
      owner[i] = (byte) o;
      starts[o + 1]++;
    }
    for (int o = 0; o < COUNT; o++) {
      starts[o + 1] += starts[o];
    }
    int[] at = starts.clone();
    for (int i = 0; i < n; i++) {
      order[at[owner[i]]++] = i;
    }
  }

  /** Where the blocks of an owner start. */
  int start(int owner) {
    return starts[owner];
  }

  /** The block at a place of the order. */
  int block(int i) {
    return order[i];
  }
}
