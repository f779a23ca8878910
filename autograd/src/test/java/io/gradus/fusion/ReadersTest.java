package io.gradus.fusion;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.tensor.backend.Storage;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReadersTest {
  /** {@code x.mul(x.transpose(0, 1))} reads x twice; a write in another thread may come between. */
  @Test
  @Timeout(60)
  void whoReadsTwiceFindsACopyWhileAWriterWaitsForThem() throws InterruptedException {
    Storage s = Internals.operand(Tensor.ones(3)).storage();
    Readers r = Objects.requireNonNull(Readers.of(s));
    assertTrue(r.expect());
    assertSame(s, r.enter(s));
    Thread writer = Thread.ofPlatform().daemon().start(() -> Readers.beforeWrite(s));
    while (r.expect()) {
      r.forget();
      Thread.onSpinWait();
    }
    Storage second = r.enter(s);
    assertNotSame(s, Objects.requireNonNull(second));
    assertTrue(writer.isAlive());
    r.leave();
    writer.join();
    assertNull(s.note());
    assertSame(second, r.enter(s));
  }

  @Test
  void nothingIsCopiedForReadersWhoAreDone() {
    Storage s = Internals.operand(Tensor.ones(3)).storage();
    Readers r = Objects.requireNonNull(Readers.of(s));
    assertTrue(r.expect());
    assertSame(s, r.enter(s));
    r.forget();
    r.leave();
    Readers.beforeWrite(s);
    assertNull(r.enter(s));
    assertFalse(r.expect());
  }
}
