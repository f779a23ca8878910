package io.gradus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SlowdownsTest {
  @Test
  void aRowIsCalledOnceAtLeastAndUntilTheTimeIsOver() {
    AtomicLong calls = new AtomicLong();
    assertEquals(1, Slowdowns.call(calls::incrementAndGet, 0));
    assertEquals(1, calls.get());
    long start = System.nanoTime();
    long counted = Slowdowns.call(calls::incrementAndGet, 1_000_000);
    assertTrue(System.nanoTime() - start >= 1_000_000);
    assertEquals(1 + counted, calls.get());
  }

  @Test
  void turnsWithoutAndWithTheConditionFollowEachOther() throws IOException {
    List<Long> asked = new ArrayList<>();
    List<Integer> callsBefore = new ArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    double slowdown =
        Slowdowns.of(
            calls::incrementAndGet,
            new Effort(0, 0, 3, 1),
            (work, nanos) -> {
              asked.add(nanos);
              callsBefore.add(calls.get());
              return 1e12; // far more than a call without it can take
            },
            2);
    assertTrue(slowdown > 1, () -> "slowdown " + slowdown);
    assertEquals(Collections.nCopies(3, 2_000_000L), asked);
    assertTrue(callsBefore.get(0) < callsBefore.get(1), callsBefore::toString);
    assertTrue(callsBefore.get(1) < callsBefore.get(2), callsBefore::toString);
  }

  @Test
  void pausesDoNotCountAsTimeOfCalls() {
    AtomicLong calls = new AtomicLong();
    AtomicLong within = new AtomicLong();
    long start = System.nanoTime();
    double mean =
        PauseProcess.inTurns(
            () -> {
              long begun = System.nanoTime();
              LockSupport.parkNanos(500_000);
              within.addAndGet(System.nanoTime() - begun);
              return calls.incrementAndGet();
            },
            20_000_000);
    double took = System.nanoTime() - start;
    double counted = mean * calls.get();
    assertTrue(counted >= within.get(), () -> counted + " of " + within);
    // one pause at least, however slow the machine
    assertTrue(took - counted >= PauseProcess.TURN_MILLIS * 1e6, () -> took + ", " + counted);
  }
}
