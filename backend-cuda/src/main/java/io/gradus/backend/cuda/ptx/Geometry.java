package io.gradus.backend.cuda.ptx;

/**
 * How a block of threads shares out results: some groups of elements, some threads for each.
 *
 * <p>The choice depends on sizes and strides alone, never on the device, so that the order of
 * additions does not either.
 */
enum Geometry {
  /** A block for a long row. */
  BLOCK(256, 1, false),
  /** A warp for a row. */
  WARP(32, 8, false),
  /** Neighbouring threads for neighbouring results, where those are neighbours in memory. */
  COLUMNS(8, 32, true),
  /** A thread for the few elements of a result. */
  THREAD(1, 256, true);

  /** Work of a thread below which no further blocks take part. */
  private static final int STEPS = 16;

  /** Blocks that keep large devices busy. */
  private static final int BLOCKS = 1024;

  final int threads;
  final int groups;
  final boolean groupsFirst;

  Geometry(int threads, int groups, boolean groupsFirst) {
    this.threads = threads;
    this.groups = groups;
    this.groupsFirst = groupsFirst;
  }

  int block() {
    return threads * groups;
  }

  /**
   * For a reduction.
   *
   * @param alongRows whether the elements of a group are neighbours in memory
   */
  static Geometry of(long groups, long length, boolean alongRows) {
    if (length <= 8) {
      return THREAD;
    }
    if (!alongRows && groups >= 16) {
      return COLUMNS;
    }
    return length >= 512 ? BLOCK : WARP;
  }

  long blocks(long allGroups) {
    return Math.ceilDiv(allGroups, groups);
  }

  /** How many elements of a group a block takes: all, unless there are few groups. */
  long chunk(long allGroups, long length) {
    long wanted = Math.ceilDiv(BLOCKS, Math.max(1, blocks(allGroups)));
    long possible = Math.ceilDiv(length, (long) threads * STEPS);
    long chunks = Math.max(1, wanted <= 2 ? 1 : Math.min(wanted, possible));
    return Math.max(1, Math.ceilDiv(Math.ceilDiv(length, chunks), threads)) * threads;
  }
}
