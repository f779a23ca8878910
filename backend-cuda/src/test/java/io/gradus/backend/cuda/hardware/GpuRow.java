package io.gradus.backend.cuda.hardware;

import java.util.function.Supplier;

/**
 * One line of the table of speeds on a GPU; {@code pytorch_gpu.py} has the same under the same
 * name.
 *
 * @param name for people, and for the peer
 * @param work bytes moved or operations done by one call; 0 for neither
 * @param unit what {@code work} counts
 * @param goal what the line must reach, in words
 * @param make prepares the inputs on the default device, and gives the call to measure, which only
 *     queues its work
 */
record GpuRow(String name, double work, Unit unit, String goal, Supplier<Runnable> make) {
  /** What a row's work is counted in. */
  enum Unit {
    /** Memory that is read or written. */
    BYTES,
    /** Multiplications and additions. */
    OPERATIONS,
    /** Calls of one operation. */
    CALLS
  }

  /** How fast a call of so many milliseconds is. */
  String rate(double milliseconds) {
    return switch (unit) {
      case BYTES -> "%.0f GB/s".formatted(work / milliseconds / 1e6);
      case OPERATIONS -> "%.1f TFLOP/s".formatted(work / milliseconds / 1e9);
      case CALLS -> "%.2f µs a call".formatted(1000 * milliseconds / work);
    };
  }
}
