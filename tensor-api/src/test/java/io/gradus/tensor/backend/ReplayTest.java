package io.gradus.tensor.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplayTest {
  @Test
  @DisplayName("where a device writes nothing down, each replay runs the step")
  void runs() {
    AtomicInteger runs = new AtomicInteger();
    try (Replay replay = Replay.running(runs::incrementAndGet)) {
      assertEquals(0, runs.get());
      replay.replay();
      replay.replay();
    }
    assertEquals(2, runs.get());
  }
}
