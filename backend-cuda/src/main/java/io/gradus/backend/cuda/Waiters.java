package io.gradus.backend.cuda;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait inside the driver, where a virtual thread would hold its carrier. */
final class Waiters {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  static final Executor EXECUTOR =
      Executors.newCachedThreadPool(
          r -> {
            Thread t = new Thread(r, "gradus-cuda-" + NUMBER.incrementAndGet());
            t.setDaemon(true);
            return t;
          });

  private Waiters() {}
}
