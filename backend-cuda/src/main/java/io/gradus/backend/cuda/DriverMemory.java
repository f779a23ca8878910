package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.DriverFailure;
import io.gradus.backend.cuda.driver.Gpu;
import io.gradus.backend.cuda.driver.GpuEvent;
import io.gradus.backend.cuda.driver.GpuStream;
import io.gradus.backend.cuda.memory.DeviceMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A GPU's memory for the allocator. */
final class DriverMemory implements DeviceMemory {
  private final Gpu gpu;
  private final Map<Long, GpuStream> streams = new ConcurrentHashMap<>();

  DriverMemory(Gpu gpu) {
    this.gpu = gpu;
  }

  /** A stream by whose number blocks will be asked for. */
  void know(GpuStream stream) {
    streams.put(stream.number(), stream);
  }

  /** The stream ends; all its work is done. */
  void forget(GpuStream stream) {
    streams.remove(stream.number());
  }

  @Override
  public long allocate(long bytes) {
    gpu.enter();
    return gpu.allocate(bytes);
  }

  @Override
  public void free(long address) {
    try {
      gpu.enter();
      gpu.free(address);
    } catch (DriverFailure e) {
      tolerate(e);
    }
  }

  @Override
  public Mark mark(long number) {
    GpuStream stream = streams.get(number);
    if (stream == null) {
      return Passed.INSTANCE;
    }
    try {
      gpu.enter();
      GpuEvent event = gpu.newEvent(false);
      event.record(stream);
      return new EventMark(gpu, event);
    } catch (DriverFailure e) {
      tolerate(e);
      return Passed.INSTANCE;
    }
  }

  /** Giving memory of a dead device back must not fail: the next use of the device tells. */
  private static void tolerate(DriverFailure failure) {
    if (!failure.isFatal()) {
      throw failure;
    }
  }

  /** What a stream that has ended was asked. */
  private enum Passed implements Mark {
    INSTANCE;

    @Override
    public boolean isPassed() {
      return true;
    }

    @Override
    public void await() {}

    @Override
    public void discard() {}
  }

  private record EventMark(Gpu gpu, GpuEvent event) implements Mark {
    @Override
    public boolean isPassed() {
      gpu.enter();
      return event.isDone();
    }

    @Override
    public void await() {
      gpu.enter();
      event.await();
    }

    @Override
    public void discard() {
      gpu.enter();
      event.destroy();
    }
  }
}
