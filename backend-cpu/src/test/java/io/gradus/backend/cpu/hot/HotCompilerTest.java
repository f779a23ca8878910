package io.gradus.backend.cpu.hot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HotCompilerTest {
  private static final ThreadFactory DAEMONS = Thread.ofPlatform().daemon(true).factory();

  @Test
  @DisplayName("a failure, also of the heap, ends neither the thread nor the work behind it")
  void failures() throws InterruptedException {
    AtomicInteger threads = new AtomicInteger();
    HotCompiler compiler =
        new HotCompiler(
            body -> {
              threads.incrementAndGet();
              return DAEMONS.newThread(body);
            });
    CountDownLatch done = new CountDownLatch(1);
    compiler.submit(
        () -> {
          throw new OutOfMemoryError("test");
        });
    compiler.submit(
        () -> {
          throw new IllegalStateException("test");
        });
    compiler.submit(done::countDown);
    assertTrue(done.await(20, TimeUnit.SECONDS));
    assertEquals(1, threads.get());
  }

  @Test
  @DisplayName("a thread that cannot be started is no failure of the program, and is tried again")
  void noThread() throws InterruptedException {
    AtomicInteger refusals = new AtomicInteger(2);
    HotCompiler compiler =
        new HotCompiler(
            body -> {
              if (refusals.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return DAEMONS.newThread(body);
            });
    CountDownLatch done = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      compiler.submit(done::countDown);
    }
    assertTrue(done.await(20, TimeUnit.SECONDS));
  }
}
