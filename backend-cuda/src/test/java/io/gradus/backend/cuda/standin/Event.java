package io.gradus.backend.cuda.standin;

import org.jspecify.annotations.Nullable;

/** A place in a stream. */
final class Event {
  static final int DISABLE_TIMING = 2;

  final Context context;
  final int flags;

  /** The newest place where it was recorded. */
  @Nullable Task task;

  /** The capture that it was recorded into, if that came last. */
  @Nullable Capture capture;

  Event(Context context, int flags) {
    this.context = context;
    this.flags = flags;
  }
}
