package io.gradus.backend.cuda.standin;

import org.jspecify.annotations.Nullable;

/** A sequence of tasks. */
final class Stream {
  static final int NON_BLOCKING = 1;

  final Context context;
  final long handle;
  final int flags;
  final int priority;

  /** Its newest task. */
  @Nullable Task last;

  /** What its calls are recorded into, instead of being run. */
  @Nullable Capture capture;

  Stream(Context context, long handle, int flags, int priority) {
    this.context = context;
    this.handle = handle;
    this.flags = flags;
    this.priority = priority;
  }

  boolean isBlocking() {
    return (flags & NON_BLOCKING) == 0;
  }

  /** Puts a task behind those that it must follow. */
  void order(Task task) {
    after(task, last);
    if (this == context.defaultStream) {
      for (Stream s : context.streams) {
        if (s.isBlocking()) {
          after(task, s.last);
        }
      }
    } else if (isBlocking()) {
      after(task, context.defaultStream.last);
    }
    last = task;
  }

  static void after(Task task, @Nullable Task before) {
    if (before != null && !before.done) {
      task.after.add(before);
    }
  }
}
