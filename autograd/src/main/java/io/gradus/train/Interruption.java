package io.gradus.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets a training save itself before the process ends. */
final class Interruption implements AutoCloseable {
  private static final long LONGEST_STEP_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable Thread hook;

  private Interruption() {}

  static Interruption listen(Trainer<?> trainer, boolean saves) {
    Interruption it = new Interruption();
    if (saves) {
      Thread hook = new Thread(() -> it.end(trainer), "save training");
      Runtime.getRuntime().addShutdownHook(hook);
      it.hook = hook;
    }
    return it;
  }

  private void end(Trainer<?> trainer) {
    trainer.stop();
    try {
      // Beyond that the last checkpoint has to do; it is complete in any case.
      boolean _ = done.await(LONGEST_STEP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    Thread registered = hook;
    if (registered != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(registered);
      } catch (IllegalStateException e) {
        // The process is ending: the hook is running, and done now.
      }
    }
  }
}
