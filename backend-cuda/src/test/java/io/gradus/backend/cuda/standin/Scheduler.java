package io.gradus.backend.cuda.standin;

import io.gradus.backend.cuda.emulator.KernelFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks: at once, or late and in any order that streams and events allow. The order depends on
 * the seed alone.
 */
final class Scheduler {
  private static final int MOST_PENDING = 2000;

  private final List<Task> pending = new ArrayList<>();
  private @Nullable Random random;

  /** From now on at once. */
  void eager() {
    drain();
    random = null;
  }

  /** From now on late, in an order that the seed decides. */
  void deferred(long seed) {
    drain();
    random = new Random(seed);
  }

  /** Decides the order of blocks too, or is null. */
  @Nullable Random random() {
    return random;
  }

  void submit(Task task) {
    Random r = random;
    if (r == null) {
      run(task);
      return;
    }
    pending.add(task);
    if (pending.size() > MOST_PENDING || r.nextInt(4) == 0) {
      step(1 + r.nextInt(3));
    }
  }

  /** Lets time pass: runs up to so many tasks. */
  void step(int most) {
    for (int i = 0; i < most && !pending.isEmpty(); i++) {
      runAny();
    }
  }

  /** Runs until a task is done. */
  void await(@Nullable Task task) {
    while (task != null && !task.done) {
      runAny();
    }
  }

  /** Runs all. */
  void drain() {
    while (!pending.isEmpty()) {
      runAny();
    }
  }

  private void runAny() {
    List<Task> ready = new ArrayList<>();
    for (Task t : pending) {
      if (t.isReady()) {
        ready.add(t);
      }
    }
    if (ready.isEmpty()) {
      throw new IllegalStateException("tasks wait for each other");
    }
    Task chosen = ready.get(random == null ? 0 : random.nextInt(ready.size()));
    pending.remove(chosen);
    run(chosen);
  }

  private static void run(Task task) {
    if (task.context.error == 0) {
      try {
        task.work.run();
      } catch (KernelFault e) {
        task.context.fail(e.kind.code, e.getMessage());
      }
    }
    task.time = System.nanoTime();
    task.done = true;
    task.after.clear();
  }
}
