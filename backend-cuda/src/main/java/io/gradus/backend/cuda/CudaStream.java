package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.GpuEvent;
import io.gradus.backend.cuda.driver.GpuStream;
import io.gradus.tensor.backend.DeviceStream;
import org.jspecify.annotations.Nullable;

/**
 * A queue of work on a CUDA device, done in order; different streams may run at the same time.
 *
 * <p>Each device has a main stream, which all threads share unless they choose another one with
 * {@link #run}. Whoever uses several must order them: see {@link #waitFor}. The memory of tensors
 * is never reused while a stream that was given work on it still runs.
 */
public final class CudaStream implements DeviceStream, AutoCloseable {
  private final CudaDevice device;
  private final GpuStream stream;
  private volatile @Nullable Capture capture;
  private boolean closed;

  CudaStream(CudaDevice device, GpuStream stream) {
    this.device = device;
    this.stream = stream;
  }

  @Override
  public CudaDevice device() {
    return device;
  }

  GpuStream gpuStream() {
    return stream;
  }

  /** What work is written down for, if it is. */
  @Nullable Capture capture() {
    return capture;
  }

  void capture(@Nullable Capture started) {
    capture = started;
  }

  /**
   * Runs something whose kernels and copies on the device go to this stream, also those of the
   * structured tasks that it starts.
   */
  public void run(Runnable work) {
    device.streams().chosen().where(this, work);
  }

  @Override
  public Scope enter() {
    return device.streams().chosen().enter(this);
  }

  /** The point that the stream has reached in what it was asked so far. */
  public CudaEvent record() {
    return record(false);
  }

  /** Like {@link #record()}, to measure times: {@link CudaEvent#millisecondsSince}. */
  public CudaEvent recordTime() {
    return record(true);
  }

  private CudaEvent record(boolean timing) {
    return device.guarded(
        "record",
        () -> {
          GpuEvent event = device.gpu().newEvent(timing);
          event.record(stream);
          return new CudaEvent(device, event);
        });
  }

  /** What is asked of this stream from now on waits until the event has happened. */
  public void waitFor(CudaEvent event) {
    device.guarded(
        "waitFor",
        () -> {
          stream.waitFor(event.gpuEvent());
          return this;
        });
  }

  /**
   * Waits until everything asked of this stream is done.
   *
   * @throws io.gradus.tensor.error.TensorException what went wrong in it
   */
  public void synchronize() {
    device.streams().synchronize(this);
  }

  /** Waits for the work and ends the stream. The main stream stays. */
  @Override
  public void close() {
    if (!closed && this != device.mainStream()) {
      closed = true;
      device.streams().end(this);
    }
  }
}
