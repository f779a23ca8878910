package io.gradus.backend.cuda.standin;

/** A recording of streams into a graph. */
final class Capture {
  static final int GLOBAL = 0;
  static final int THREAD_LOCAL = 1;

  final Graph graph = new Graph();
  final Stream origin;
  final int mode;
  final Thread thread = Thread.currentThread();
  boolean invalid;

  Capture(Stream origin, int mode) {
    this.origin = origin;
    this.mode = mode;
  }

  /** Whether a call that captures forbid may not be made by the current thread. */
  boolean forbids() {
    return mode == GLOBAL || mode == THREAD_LOCAL && thread == Thread.currentThread();
  }
}
