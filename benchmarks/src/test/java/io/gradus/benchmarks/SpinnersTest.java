package io.gradus.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpinnersTest {
  private static final long STEP_MILLIS = 20;

  @Test
  @Timeout(60)
  void aProcessForEachCoreSpinsWhenToldTo() throws IOException, InterruptedException {
    List<ProcessHandle> handles;
    try (Spinners spinners = new Spinners()) {
      handles = spinners.handles();
      assertEquals(Runtime.getRuntime().availableProcessors(), handles.size());
      for (int turn = 0; turn < 2; turn++) {
        spinners.spin();
        for (ProcessHandle h : handles) {
          Duration goal = cpu(h).plusMillis(200);
          while (cpu(h).compareTo(goal) < 0) {
            Thread.sleep(STEP_MILLIS);
          }
        }
        spinners.rest();
        Duration before = sum(handles);
        Thread.sleep(500);
        // A core would have added 500 ms; what the JVMs themselves do is far less.
        assertTrue(sum(handles).minus(before).toMillis() < 250, "they rest when told to");
      }
    }
    for (ProcessHandle h : handles) {
      h.onExit().join();
      assertFalse(h.isAlive());
    }
  }

  private static Duration cpu(ProcessHandle h) {
    return h.info().totalCpuDuration().orElseThrow();
  }

  private static Duration sum(List<ProcessHandle> handles) {
    return handles.stream().map(SpinnersTest::cpu).reduce(Duration.ZERO, Duration::plus);
  }
}
