package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.DeviceTraits;

/** How many blocks to launch; no result depends on it. */
final class Grids {
  /** Blocks of 256 threads that one multiprocessor holds at a time. */
  private static final int RESIDENT = 8;

  private Grids() {}

  /** Enough blocks for a loop in steps of the whole launch. */
  static int blocks(long steps, int block, DeviceTraits traits) {
    long needed = Math.ceilDiv(steps, block);
    return (int) Math.clamp(needed, 1, resident(traits));
  }

  /** So many blocks keep the device busy. */
  static long resident(DeviceTraits traits) {
    return (long) traits.multiprocessors() * RESIDENT;
  }

  /** A block for each of a number of pieces of work. */
  static int each(long pieces) {
    return Math.toIntExact(pieces);
  }
}
