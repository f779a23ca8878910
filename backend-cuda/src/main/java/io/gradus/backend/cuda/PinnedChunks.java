package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.Gpu;
import io.gradus.backend.cuda.driver.GpuEvent;
import io.gradus.backend.cuda.driver.GpuStream;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** A few pieces of pinned host memory through which data travels, used in turn. */
final class PinnedChunks {
  static final int BYTES = 1 << 20;
  private static final int COUNT = 8;

  private final Gpu gpu;
  private final LinkedBlockingDeque<Chunk> free = new LinkedBlockingDeque<>();
  private final AtomicInteger made = new AtomicInteger();

  PinnedChunks(Gpu gpu) {
    this.gpu = gpu;
  }

  /** One piece, and when the device is done with it. */
  static final class Chunk {
    private final long address;
    private final MemorySegment memory;
    private final GpuEvent event;
    private boolean busy;

    private Chunk(Gpu gpu) {
      address = gpu.allocatePinned(BYTES);
      memory = MemorySegment.ofAddress(address).reinterpret(BYTES);
      event = gpu.newEvent(false);
    }

    long address() {
      return address;
    }

    MemorySegment memory() {
      return memory;
    }

    /** The copy that was just queued uses it. */
    void usedBy(GpuStream stream) {
      event.record(stream);
      busy = true;
    }

    /** Waits until the device is done with it. */
    void await() {
      if (busy) {
        event.await();
        busy = false;
      }
    }
  }

  /** A piece that the device is done with; the GPU must be entered. */
  Chunk take() {
    Chunk chunk = free.pollFirst();
    if (chunk == null) {
      if (made.incrementAndGet() <= COUNT) {
        boolean complete = false;
        try {
          Chunk fresh = new Chunk(gpu);
          complete = true;
          return fresh;
        } finally {
          if (!complete) {
            made.decrementAndGet();
          }
        }
      }
      made.decrementAndGet();
      chunk = waitForOne();
    }
    chunk.await();
    return chunk;
  }

  private Chunk waitForOne() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return free.takeFirst();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Puts it back, whether or not the device is done with it. */
  void give(Chunk chunk) {
    free.addLast(chunk);
  }
}
