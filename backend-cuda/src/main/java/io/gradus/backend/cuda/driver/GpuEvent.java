package io.gradus.backend.cuda.driver;

import static io.gradus.backend.cuda.driver.DriverFailure.check;

import jcuda.driver.JCudaDriver;

/** A point in the work of a stream. */
public final class GpuEvent {
  private static final int NOT_READY = 600;

  private final Handles.Event event;

  GpuEvent(Handles.Event event) {
    this.event = event;
  }

  Handles.Event handle() {
    return event;
  }

  /** Stands for everything asked of the stream so far. */
  public void record(GpuStream stream) {
    check(JCudaDriver.cuEventRecord(event, stream.handle()), "cuEventRecord");
  }

  /** Whether the work before it is done. */
  public boolean isDone() {
    int code = JCudaDriver.cuEventQuery(event);
    if (code == NOT_READY) {
      return false;
    }
    check(code, "cuEventQuery");
    return true;
  }

  /** Waits until the work before it is done. */
  public void await() {
    check(JCudaDriver.cuEventSynchronize(event), "cuEventSynchronize");
  }

  /** Milliseconds from an earlier event to this one; both made for timing, both done. */
  public float millisecondsSince(GpuEvent earlier) {
    float[] milliseconds = {0};
    check(JCudaDriver.cuEventElapsedTime(milliseconds, earlier.event, event), "cuEventElapsedTime");
    return milliseconds[0];
  }

  /** Ends it; the driver waits for what still refers to it. */
  public void destroy() {
    check(JCudaDriver.cuEventDestroy(event), "cuEventDestroy");
  }
}
