package io.gradus.backend.cuda.standin;

import java.util.ArrayList;
import java.util.List;

/** Something that a device is to do, and what must be done before. */
final class Task {
  final Context context;
  final Runnable work;
  final List<Task> after = new ArrayList<>();
  boolean done;

  /** When it was done, in nanoseconds. */
  long time;

  Task(Context context, Runnable work) {
    this.context = context;
    this.work = work;
  }

  boolean isReady() {
    after.removeIf(t -> t.done);
    return after.isEmpty();
  }
}
