package io.gradus.backend.cuda.ptx;

import java.util.List;

/** A tile of a factor in shared memory, twice: while one is multiplied, the other is filled. */
interface TensorTile {
  /** Starts to read what follows a depth. */
  void fetch(Value from, Value depths);

  /** Puts what was read into one of the two tiles. */
  void put(Value which);

  /** The address in the first ({@code which} is 0) or the second of the two tiles. */
  Value stage(Value address, Value which);

  /** The address that a thread gives for parts that begin at a line. */
  Value start(Value line);

  /**
   * The warp's share of 16 lines by the depths of an instruction, in four registers: lines 0 to 7
   * and 8 to 15 of the first half of the depths, then of the others.
   *
   * @param start from {@link #start} and {@link #stage}
   */
  List<Value> part(Value start, int line, int depth);
}
