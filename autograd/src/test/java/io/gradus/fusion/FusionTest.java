package io.gradus.fusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Autograd;
import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.ShapeException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FusionTest {
  private Fusion.Scope scope;

  @BeforeEach
  void fuseEverything() {
    scope = Fusion.from(1);
  }

  @AfterEach
  void asBefore() {
    scope.close();
  }

  private static boolean waits(Tensor t) {
    return Internals.late(t).storage() instanceof Pending;
  }

  private static Tensor numbers(long... shape) {
    return Tensor.arange(Tensor.zeros(shape).numel()).to(DType.F32).reshape(shape).mul(0.25);
  }

  /** A tensor in memory. */
  private static Tensor memory(long... shape) {
    Tensor t = numbers(shape);
    Fusion.compute(t);
    return t;
  }

  private static Tensor eager(Supplier<Tensor> body) {
    try (Fusion.Scope off = Fusion.off()) {
      return body.get();
    }
  }

  @Test
  void aChainOfSevenOperationsIsOneKernelOverThreeOperands() {
    Tensor x = memory(5, 7);
    Tensor y = memory(5, 7);
    Tensor z = memory(5, 7);
    Tensor r = x.mul(2).add(y).tanh().mul(z).sub(x).abs().sqrt();
    assertTrue(waits(r));
    Fusion.compute(r);
    assertFalse(waits(r));
    assertTrue(
        Fusion.listing().stream()
            .anyMatch(l -> l.startsWith("mul, add, tanh, mul, sub, abs, sqrt: 3 in, 1 out,")),
        () -> String.join("\n", Fusion.listing()));
  }

  @Test
  void belowTheThresholdOperationsRunAtOnce() {
    try (Fusion.Scope from = Fusion.from(1000)) {
      assertFalse(waits(memory(10).add(1)));
      assertTrue(waits(memory(1000).add(1)));
    }
  }

  @Test
  void switchedOffNothingWaits() {
    Tensor x = memory(10);
    assertFalse(waits(eager(() -> x.add(1))));
    assertTrue(waits(x.add(1)));
  }

  @Test
  void errorsAriseAtTheCall() {
    Tensor waiting = memory(2, 3).add(1);
    assertThrows(ShapeException.class, () -> waiting.add(memory(2, 4)));
    assertTrue(waits(waiting));
  }

  @Test
  void aResultKeepsTheOldContentsOfAnOperandThatIsWritten() {
    Tensor x = memory(4);
    Tensor doubled = x.mul(2);
    Tensor more = doubled.add(x);
    x.fill_(100);
    assertArrayEquals(new float[] {0, 0.5f, 1, 1.5f}, doubled.floatArray());
    assertArrayEquals(new float[] {0, 0.75f, 1.5f, 2.25f}, more.floatArray());
  }

  @Test
  void aWriteThroughAViewOrDataIsSeenByNoEarlierResult() {
    Tensor x = memory(2, 2);
    Tensor before = x.mul(2);
    x.select(0, 1).zero_();
    Tensor between = x.mul(2);
    x.data().add_(1);
    assertArrayEquals(new float[] {0, 0.5f, 1, 1.5f}, before.reshape(4).floatArray());
    assertArrayEquals(new float[] {0, 0.5f, 0, 0}, between.reshape(4).floatArray());
  }

  @Test
  void aWriteInPlaceMayReadAResultOfItsOwnTarget() {
    Tensor x = memory(4);
    x.add_(x.mul(2).add(1));
    assertArrayEquals(new float[] {1, 1.75f, 2.5f, 3.25f}, x.floatArray());
  }

  @Test
  void memoryOfTheUserIsReadAtTheCall() {
    float[] mine = {1, 2, 3};
    Tensor r = Tensor.wrap(mine).mul(2).add(1);
    mine[0] = 100;
    assertArrayEquals(new float[] {3, 5, 7}, r.floatArray());
    Tensor x = memory(3);
    Tensor before = x.add(1);
    x.memory().fill((byte) 0);
    assertArrayEquals(new float[] {1, 1.25f, 1.5f}, before.floatArray());
    Tensor after = x.add(1);
    assertFalse(waits(after));
  }

  @Test
  void viewsAndDetachedTensorsShareMemoryThatIsNotThereYet() {
    Tensor t = memory(2, 3).add(1);
    Tensor turned = t.transpose(0, 1);
    Tensor detached = t.detach();
    assertTrue(waits(turned));
    assertTrue(t.sameStorage(turned));
    assertTrue(t.sameStorage(detached));
    turned.mul_(2);
    assertEquals(2.0, t.select(0, 0).select(0, 0).item().doubleValue());
    assertEquals(1, t.version());
    assertEquals(1, detached.version());
  }

  @Test
  void whatTwoResultsNeedIsWrittenWhenTheSecondIsRead() {
    Tensor t = memory(6).exp();
    Tensor a = t.add(1);
    Tensor b = t.mul(2);
    Fusion.compute(a);
    assertFalse(waits(t), "both were known to need it");
    assertTrue(waits(b));
    Tensor u = memory(6).exp();
    Fusion.compute(u.add(1));
    assertTrue(waits(u), "nobody else needs it yet");
    Fusion.compute(u.mul(2));
    assertFalse(waits(u));
  }

  @Test
  void whatIsSavedForBackwardIsWrittenByTheSamePass() {
    Tensor x = memory(6).requiresGrad_();
    Tensor h = x.mul(0.5).tanh();
    Tensor r = h.add(1).mul(3);
    Fusion.compute(r);
    assertFalse(waits(h));
    r.sum().backward();
    Tensor grad = x.grad();
    Tensor same =
        eager(
            () -> {
              Tensor y = memory(6).requiresGrad_();
              y.mul(0.5).tanh().add(1).mul(3).sum().backward();
              return java.util.Objects.requireNonNull(y.grad());
            });
    assertArrayEquals(same.floatArray(), java.util.Objects.requireNonNull(grad).floatArray());
  }

  @Test
  void gradientsOfLeavesDoNotWait() {
    Tensor x = memory(6).requiresGrad_();
    Tensor y = memory(6).requiresGrad_();
    x.mul(y).add(x).sum().backward();
    assertFalse(waits(java.util.Objects.requireNonNull(x.grad())));
    Tensor loss = x.mul(y).mul(y).sum();
    for (Tensor g : Autograd.grad(List.of(loss), List.of(x, y))) {
      assertFalse(waits(java.util.Objects.requireNonNull(g)));
    }
  }

  @Test
  void aReductionComputesItsOperandOnTheWay() {
    Tensor x = memory(40, 300);
    Tensor squares = x.mul(x).add(1);
    Tensor total = squares.sum();
    assertTrue(waits(squares));
    Tensor rows = squares.sum(1);
    Tensor columns = squares.sum(0);
    Tensor inMemory = eager(() -> x.mul(x).add(1));
    assertArrayEquals(eager(inMemory::sum).floatArray(), total.floatArray());
    assertArrayEquals(eager(() -> inMemory.sum(1)).floatArray(), rows.floatArray());
    assertArrayEquals(eager(() -> inMemory.sum(0)).floatArray(), columns.floatArray());
  }

  @Test
  void aVersionErrorIsTheSameForASavedResultThatWaits() {
    Tensor x = memory(4).requiresGrad_();
    Tensor e = x.exp();
    Tensor loss = e.sum();
    e.add_(1);
    assertThrows(AutogradException.class, loss::backward);
  }

  @Test
  void halvesRoundAfterEachOperation() {
    for (DType dtype : List.of(DType.F16, DType.BF16)) {
      Tensor x = memory(500).to(dtype);
      Tensor fused = x.mul(1.1).add(x).mul(0.3).to(DType.F32);
      Tensor apart = eager(() -> x.mul(1.1).add(x).mul(0.3).to(DType.F32));
      assertArrayEquals(apart.floatArray(), fused.floatArray());
    }
  }

  @Test
  void integersWrapAfterEachOperation() {
    Tensor x = Tensor.arange(256).to(DType.U8);
    assertArrayEquals(
        eager(() -> x.mul(3).add(100).to(DType.I32)).intArray(),
        x.mul(3).add(100).to(DType.I32).intArray());
  }

  @Test
  void longChainsAreCutIntoPieces() {
    Tensor x = memory(10);
    Tensor r = x;
    for (int i = 0; i < 500; i++) {
      r = r.mul(1.01).add(memory(10));
    }
    Tensor last = r;
    Tensor apart =
        eager(
            () -> {
              Tensor s = x;
              for (int i = 0; i < 500; i++) {
                s = s.mul(1.01).add(memory(10));
              }
              return s;
            });
    assertArrayEquals(apart.floatArray(), last.floatArray());
  }

  @Test
  void readingFromManyThreadsComputesOnce() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      Tensor x = memory(1000);
      Tensor h = x.mul(2).add(1);
      Tensor r = h.tanh();
      Object[] storages = new Object[4];
      Thread[] threads = new Thread[storages.length];
      for (int i = 0; i < threads.length; i++) {
        int k = i;
        threads[i] =
            Thread.ofPlatform()
                .start(() -> storages[k] = Internals.operand(k % 2 == 0 ? r : h).storage());
      }
      for (Thread t : threads) {
        t.join();
      }
      assertEquals(storages[0], storages[2]);
      assertEquals(storages[1], storages[3]);
      assertNotSame(storages[0], storages[1]);
    }
  }

  @Test
  void aWriteWaitsForReadersInOtherThreads() throws InterruptedException {
    for (int round = 0; round < 100; round++) {
      Tensor x = Tensor.ones(50_000);
      Tensor r = x.mul(2).add(x).exp().log();
      Thread reader = Thread.ofPlatform().start(() -> Fusion.compute(r));
      x.fill_(7);
      reader.join();
      assertEquals(r.min().item().floatValue(), r.max().item().floatValue());
      assertEquals(3.0, r.max().item().doubleValue(), 1e-5);
    }
  }

  @Test
  void threadsThatReadAndThreadsThatWriteDoNotMeet() throws InterruptedException {
    for (int round = 0; round < 300; round++) {
      int n = 64 + round % 5 * 3000;
      Tensor x = Tensor.ones(n);
      Tensor t = x.mul(3).add(x).add(x);
      Tensor u = t.mul(t);
      Tensor r = u.add(x).sub(t);
      Tensor q = t.add(u);
      Thread[] threads = {
        Thread.ofPlatform().start(() -> Fusion.compute(r)),
        Thread.ofPlatform().start(() -> Fusion.compute(q)),
        Thread.ofPlatform().start(() -> t.data().fill_(100)),
        Thread.ofPlatform().start(() -> x.fill_(50))
      };
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(21.0f * n, r.sum().item().floatValue());
      assertEquals(30.0f * n, q.sum().item().floatValue());
    }
  }
}
