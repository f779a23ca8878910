package io.gradus.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private int before;

  @BeforeEach
  void remember() {
    before = Workers.threads();
  }

  @AfterEach
  void restore() {
    Workers.setThreads(before);
  }

  @Test
  void onlyANumberOfThreadsIsOne() {
    assertEquals(3, ThreadCount.wanted(" 3 ", 2));
    for (String asked : new String[] {"0", "-1", "abc", "", "1.5", "99999999999"}) {
      assertEquals(2, ThreadCount.wanted(asked, 2), asked);
    }
    assertEquals(2, ThreadCount.wanted(null, 2));
  }

  @Test
  @DisplayName("every item is done exactly once, whatever the number of threads")
  void everyItemOnce() {
    for (int threads : new int[] {1, 2, 3, 7, 2}) {
      Workers.setThreads(threads);
      for (int items : new int[] {0, 1, 9, 10, 11, 1000, 1003}) {
        AtomicIntegerArray seen = new AtomicIntegerArray(items);
        Workers.run(
            items,
            10,
            (from, to) -> {
              for (long i = from; i < to; i++) {
                seen.incrementAndGet((int) i);
              }
            });
        for (int i = 0; i < items; i++) {
          assertEquals(1, seen.get(i));
        }
      }
    }
  }

  @Test
  @DisplayName("S6.8 the boundaries of the chunks do not depend on the number of threads")
  void sameBoundaries() {
    List<Set<String>> all = new ArrayList<>();
    for (int threads : new int[] {1, 2, 5}) {
      Workers.setThreads(threads);
      Set<String> chunks = ConcurrentHashMap.newKeySet();
      Workers.run(1005, 100, (from, to) -> chunks.add(from + "-" + to));
      all.add(chunks);
    }
    assertEquals(11, all.get(0).size());
    assertEquals(all.get(0), all.get(1));
    assertEquals(all.get(0), all.get(2));
  }

  @Test
  @DisplayName("each thread begins with the same neighbouring chunks every time")
  void keepsShares() {
    int threads = 3;
    Workers.setThreads(threads);
    for (int round = 0; round < 20; round++) {
      CountDownLatch all = new CountDownLatch(threads);
      Map<String, Long> first = new ConcurrentHashMap<>();
      Workers.run(
          9,
          1,
          (from, to) -> {
            if (first.putIfAbsent(Thread.currentThread().getName(), from) == null) {
              all.countDown();
              await(all);
            }
          });
      String caller = Thread.currentThread().getName();
      assertEquals(Map.of(caller, 0L, "gradus-cpu-1", 3L, "gradus-cpu-2", 6L), first);
    }
  }

  @Test
  @DisplayName("whoever is done does the chunks of a thread that is held up")
  void helpsOthers() {
    Workers.setThreads(2);
    int chunks = 10;
    CountDownLatch workerBegan = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(chunks - 1);
    Thread caller = Thread.currentThread();
    Workers.run(
        chunks,
        1,
        (from, to) -> {
          if (Thread.currentThread() == caller) {
            await(workerBegan);
            others.countDown();
          } else {
            workerBegan.countDown();
            await(others);
          }
        });
    assertEquals(0, others.getCount());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("the first failing chunk decides which exception the caller sees")
  void firstFailure() {
    Workers.setThreads(3);
    for (int round = 0; round < 200; round++) {
      AtomicInteger done = new AtomicInteger();
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  Workers.run(
                      100,
                      1,
                      (from, to) -> {
                        if (from >= 20) {
                          throw new IllegalStateException("chunk " + from);
                        }
                        done.incrementAndGet();
                      }));
      assertEquals("chunk 20", thrown.getMessage());
      assertEquals(20, done.get());
    }
  }

  @Test
  @DisplayName("an Error reaches the caller as the same object")
  void errorsPass() {
    Workers.setThreads(2);
    Error error = new AssertionError("boom");
    Error thrown =
        assertThrows(
            AssertionError.class,
            () ->
                Workers.run(
                    10,
                    1,
                    (from, to) -> {
                      if (from == 9) {
                        throw error;
                      }
                    }));
    assertSame(error, thrown);
  }

  @Test
  @DisplayName("a loop inside a chunk runs in the thread of the chunk")
  void nested() {
    Workers.setThreads(3);
    AtomicInteger sum = new AtomicInteger();
    Workers.run(
        8,
        1,
        (from, to) -> {
          Thread outer = Thread.currentThread();
          Workers.run(
              50,
              1,
              (f, t) -> {
                assertSame(outer, Thread.currentThread());
                sum.addAndGet((int) f);
              });
        });
    assertEquals(8 * 49 * 50 / 2, sum.get());
  }

  @Test
  @DisplayName("many callers at once, also virtual threads, while the number of threads changes")
  void manyCallers() throws InterruptedException {
    Workers.setThreads(3);
    List<Thread> callers = new ArrayList<>();
    AtomicInteger wrong = new AtomicInteger();
    for (int c = 0; c < 24; c++) {
      Runnable body =
          () -> {
            for (int round = 0; round < 100; round++) {
              AtomicInteger count = new AtomicInteger();
              Workers.run(64, 4, (from, to) -> count.addAndGet((int) (to - from)));
              if (count.get() != 64) {
                wrong.incrementAndGet();
              }
            }
          };
      callers.add(c % 2 == 0 ? Thread.ofPlatform().start(body) : Thread.startVirtualThread(body));
    }
    for (int i = 0; i < 20; i++) {
      Workers.setThreads(1 + i % 4);
    }
    for (Thread t : callers) {
      t.join();
    }
    assertEquals(0, wrong.get());
  }

  @Test
  @DisplayName("an interrupted caller still waits for its loop and stays interrupted")
  void interrupted() {
    Workers.setThreads(2);
    AtomicInteger done = new AtomicInteger();
    CountDownLatch workerBegan = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    Workers.run(
        2,
        1,
        (from, to) -> {
          if (Thread.currentThread() == caller) {
            await(workerBegan);
            caller.interrupt();
          } else {
            workerBegan.countDown();
            pause(200); // much longer than the caller waits awake: its parking ends at once
          }
          done.incrementAndGet();
        });
    int doneAtReturn = done.get();
    assertTrue(Thread.interrupted());
    assertEquals(2, doneAtReturn);
    assertFalse(Thread.interrupted());
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A factory whose threads the system refuses to start from one number on. */
  private static ThreadFactory refusing(AtomicInteger left) {
    return body ->
        new Thread(body) {
          {
            setDaemon(true);
          }

          @Override
          public void start() {
            if (left.getAndDecrement() <= 0) {
              throw new OutOfMemoryError("unable to create native thread");
            }
            super.start();
          }
        };
  }

  @Test
  @DisplayName("loops run on their caller where no thread can be started, and hold no slot for it")
  void noThreads() {
    Workers.setThreads(3);
    try {
      Workers.setThreadFactory(refusing(new AtomicInteger()));
      Thread caller = Thread.currentThread();
      for (int round = 0; round < 20; round++) {
        AtomicInteger done = new AtomicInteger();
        Workers.run(
            10,
            1,
            (from, to) -> {
              assertSame(caller, Thread.currentThread());
              done.incrementAndGet();
            });
        assertEquals(10, done.get());
      }
    } finally {
      Workers.setThreadFactory(null);
    }
    keepsShares();
  }

  @Test
  @DisplayName("the threads that could be started help, and the others are started later")
  void someThreads() {
    Workers.setThreads(3);
    try {
      AtomicInteger left = new AtomicInteger(1);
      Workers.setThreadFactory(refusing(left));
      for (int round = 0; round < 20; round++) {
        assertEquals(2, threadsThatMeet(2));
      }
      left.set(1000);
      pause(1100);
      assertEquals(3, threadsThatMeet(3));
    } finally {
      Workers.setThreadFactory(null);
    }
  }

  /** How many threads work on a loop of which each holds a chunk until so many do. */
  private static int threadsThatMeet(int count) {
    CountDownLatch all = new CountDownLatch(count);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    Workers.run(
        9,
        1,
        (from, to) -> {
          if (seen.add(Thread.currentThread())) {
            all.countDown();
            await(all);
          }
        });
    return seen.size();
  }

  @Test
  void refusesNonsense() {
    assertThrows(InvalidArgumentException.class, () -> Workers.setThreads(0));
    assertThrows(InvalidArgumentException.class, () -> Workers.setThreads(-3));
  }
}
