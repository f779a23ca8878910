package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.GpuEvent;
import java.lang.ref.Cleaner;
import java.util.concurrent.CompletableFuture;

/** A point in the work of a stream: whether it has been reached, and a way to wait for it. */
public final class CudaEvent {
  private static final Cleaner CLEANER = Cleaner.create();

  private final CudaDevice device;
  private final GpuEvent event;

  CudaEvent(CudaDevice device, GpuEvent event) {
    this.device = device;
    this.event = event;
    CLEANER.register(this, new End(device, event));
  }

  private record End(CudaDevice device, GpuEvent event) implements Runnable {
    @Override
    public void run() {
      device.gpu().enter();
      event.destroy();
    }
  }

  GpuEvent gpuEvent() {
    return event;
  }

  /** Whether all work before it is done. */
  public boolean isDone() {
    return device.guarded("isDone", event::isDone);
  }

  /** Waits until all work before it is done. */
  public void await() {
    device.guardedUnlocked(
        "await",
        () -> {
          event.await();
          return this;
        });
  }

  /**
   * Completes when all work before the event is done. In Kotlin, {@code event.toFuture().await()}
   * waits for it in a coroutine.
   */
  public CompletableFuture<Void> toFuture() {
    return CompletableFuture.runAsync(this::await, Waiters.EXECUTOR);
  }

  /** Milliseconds on the device between an earlier event and this one; both made for times. */
  public double millisecondsSince(CudaEvent earlier) {
    return device.guarded(
        "millisecondsSince", () -> (double) event.millisecondsSince(earlier.event));
  }
}
