package io.gradus.backend.cpu.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HotLoopTest {
  @Test
  void isHotAtOnceOnlyWhereVectorsAreAskedFor() {
    HotLoop loop = HotLoop.of(n -> {}, n -> {});
    assertEquals(LaneSupport.AT_ONCE, loop.isHot());
  }

  @Test
  void aFasterVectorLoopBecomesHot() throws InterruptedException {
    HotLoop loop = HotLoop.of(n -> {}, n -> sleep());
    WarmUp.start(loop);
    for (int i = 0; i < 2000 && !(LaneSupport.VECTOR && loop.isHot()); i++) {
      loop.isHot();
      Thread.sleep(1);
    }
    assertEquals(LaneSupport.VECTOR, loop.isHot());
  }

  @Test
  void aSlowerVectorLoopStaysCold() throws InterruptedException {
    CountDownLatch tried = new CountDownLatch(100);
    HotLoop loop =
        HotLoop.of(
            n -> {
              tried.countDown();
              sleep();
            },
            n -> {});
    if (LaneSupport.VECTOR && !LaneSupport.AT_ONCE) {
      assertFalse(loop.isHot());
      assertTrue(tried.await(10, TimeUnit.SECONDS));
      assertFalse(loop.isHot());
    }
  }

  private static void sleep() {
    long end = System.nanoTime() + 5_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource(ScalarOp.class)
  void everySampleRuns(ScalarOp op) {
    for (ComputeType type : ComputeType.values()) {
      LaneSample sample = new LaneSample(op, type);
      if (LaneSupport.VECTOR && sample.exists()) {
        for (int i = 0; i < 16; i++) {
          sample.vector(1 + i % HotLoop.LONGEST);
        }
        sample.scalar(1);
      }
    }
  }
}
