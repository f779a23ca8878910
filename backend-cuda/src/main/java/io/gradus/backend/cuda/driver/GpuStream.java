package io.gradus.backend.cuda.driver;

import static io.gradus.backend.cuda.driver.DriverFailure.check;

import jcuda.driver.CUgraph;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;

/** A queue of work for a GPU, done in order. */
public final class GpuStream {
  private final Handles.Stream stream;
  private final long number;

  GpuStream(Handles.Stream stream) {
    this.stream = stream;
    this.number = stream.number();
  }

  Handles.Stream handle() {
    return stream;
  }

  /** The driver's name of it, unlike that of all others in existence. */
  public long number() {
    return number;
  }

  /** Copies from pinned memory of the host. */
  public void upload(long host, long device, long bytes) {
    check(
        JCudaDriver.cuMemcpyHtoDAsync(
            new Handles.Address(device), new Handles.HostAddress(host), bytes, stream),
        "cuMemcpyHtoDAsync");
  }

  /** Copies to pinned memory of the host. */
  public void download(long device, long host, long bytes) {
    check(
        JCudaDriver.cuMemcpyDtoHAsync(
            new Handles.HostAddress(host), new Handles.Address(device), bytes, stream),
        "cuMemcpyDtoHAsync");
  }

  /** Copies within the device. */
  public void copy(long from, long to, long bytes) {
    check(
        JCudaDriver.cuMemcpyDtoDAsync(
            new Handles.Address(to), new Handles.Address(from), bytes, stream),
        "cuMemcpyDtoDAsync");
  }

  /** Sets bytes of the device. */
  public void fill(long device, byte value, long bytes) {
    check(
        JCudaDriver.cuMemsetD8Async(new Handles.Address(device), value, bytes, stream),
        "cuMemsetD8Async");
  }

  /** What is asked from now on waits for the event. */
  public void waitFor(GpuEvent event) {
    check(JCudaDriver.cuStreamWaitEvent(stream, event.handle(), 0), "cuStreamWaitEvent");
  }

  /** Waits until everything is done. */
  public void await() {
    check(JCudaDriver.cuStreamSynchronize(stream), "cuStreamSynchronize");
  }

  /** From now on work is written down, not done. Memory may be allocated meanwhile. */
  public void beginCapture() {
    check(
        JCudaDriver.cuStreamBeginCapture(
            stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_RELAXED),
        "cuStreamBeginCapture");
  }

  /** The work written down since {@link #beginCapture}, ready to be done. */
  public GpuGraph endCapture() {
    CUgraph graph = new CUgraph();
    check(JCudaDriver.cuStreamEndCapture(stream, graph), "cuStreamEndCapture");
    return GpuGraph.of(graph);
  }

  /** Leaves a capture after a failure, whatever state it is in. */
  public void abandonCapture() {
    CUgraph graph = new CUgraph();
    if (JCudaDriver.cuStreamEndCapture(stream, graph) == 0) {
      JCudaDriver.cuGraphDestroy(graph);
    }
  }

  /** Ends it once its work is done. */
  public void destroy() {
    check(JCudaDriver.cuStreamDestroy(stream), "cuStreamDestroy");
  }
}
