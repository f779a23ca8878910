package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.GpuGraph;
import io.gradus.backend.cuda.memory.Lease;
import io.gradus.tensor.backend.Replay;
import io.gradus.tensor.error.BackendException;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The kernels of a step, written down once and started in one call: made by {@link
 * CudaDevice#capture}.
 *
 * <p>A replay does the same work on the same memory with the same numbers: tensors that the step
 * reads are read where they are, and tensors that it made are written again. To give it new data,
 * copy them into a tensor that it reads. Numbers that the step computed on the host (a learning
 * rate, the step count of an optimizer, the seed of random numbers) are part of the graph and stay
 * what they were.
 */
public final class CudaGraph implements Replay {
  private static final Cleaner CLEANER = Cleaner.create();

  private final CudaStream own;
  private final GpuGraph graph;
  private final Capture capture;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Cleaner.Cleanable end;

  private CudaGraph(CudaStream own, GpuGraph graph, Capture capture) {
    this.own = own;
    this.graph = graph;
    this.capture = capture;
    end = CLEANER.register(this, new End(own, graph, capture, closed));
  }

  /** Captures a step on a stream of its own, which other threads do not use. */
  static CudaGraph of(CudaDevice device, Runnable step) {
    CudaStream outer = device.currentStream();
    if (outer.capture() != null) {
      throw new BackendException(
          "[capture] a capture is under way in this thread; capture one step after the other");
    }
    CudaStream own = device.newStream();
    own.waitFor(outer.record());
    own.synchronize();
    Capture capture = new Capture();
    device.guarded(
        "capture",
        () -> {
          own.gpuStream().beginCapture();
          own.capture(capture);
          return own;
        });
    GpuGraph graph = null;
    try {
      own.run(step);
      graph = device.guarded("capture", own.gpuStream()::endCapture);
      return new CudaGraph(own, graph, capture);
    } finally {
      own.capture(null);
      if (graph == null) {
        device.gpu().enter();
        own.gpuStream().abandonCapture();
        capture.discard(device);
        own.close();
      }
    }
  }

  /** How many kernels, fills and copies one replay does. */
  public int size() {
    return capture.steps();
  }

  /**
   * Does the work again, in the order of the current stream; returns before it is done.
   *
   * @throws BackendException if the graph is closed
   */
  @Override
  public synchronized void replay() {
    if (closed.get()) {
      throw new BackendException("[replay] the graph is closed; capture the step again");
    }
    CudaDevice device = own.device();
    device.guarded(
        "replay",
        () -> {
          CudaStream stream = device.currentStream();
          if (stream.capture() != null) {
            throw new BackendException(
                "[replay] a graph cannot be replayed while another is captured; call it"
                    + " afterwards");
          }
          for (Lease lease : capture.leases()) {
            device.heap().use(lease.block(), stream.gpuStream().number());
          }
          if (capture.faults()) {
            device.streams().faults().mayHappen();
          }
          graph.launch(stream.gpuStream());
          device.health().launched("replay", "a graph of " + size() + " steps");
          return this;
        });
  }

  /** Waits for its replays and gives back its memory; tensors made by the step keep theirs. */
  @Override
  public synchronized void close() {
    end.clean();
  }

  /** What is left to do for a graph that is closed or forgotten. */
  private record End(CudaStream own, GpuGraph graph, Capture capture, AtomicBoolean closed)
      implements Runnable {
    @Override
    public void run() {
      closed.set(true);
      CudaDevice device = own.device();
      device.synchronize();
      device.guarded(
          "close",
          () -> {
            graph.destroy();
            capture.discard(device);
            return device;
          });
      own.close();
    }
  }
}
