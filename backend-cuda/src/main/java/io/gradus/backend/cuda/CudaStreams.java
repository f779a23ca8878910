package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.GpuStream;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.TensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The streams of a device: which there are, which one work goes to, and waiting for them. */
final class CudaStreams {
  private final CudaDevice device;
  private final DriverMemory memory;
  private final Health health;
  private final List<CudaStream> all = new CopyOnWriteArrayList<>();
  private final CurrentStream chosen = new CurrentStream();
  private final CudaStream main;
  private final Faults faults;

  /** Makes the main stream; the GPU must be entered. */
  CudaStreams(CudaDevice device, DriverMemory memory, Health health) {
    this.device = device;
    this.memory = memory;
    this.health = health;
    main = add();
    faults = new Faults(device.gpu(), main.gpuStream());
  }

  CudaStream main() {
    return main;
  }

  CudaStream current() {
    return chosen.or(main);
  }

  CurrentStream chosen() {
    return chosen;
  }

  Faults faults() {
    return faults;
  }

  CudaStream add() {
    GpuStream stream = device.gpu().newStream();
    memory.know(stream);
    CudaStream added = new CudaStream(device, stream);
    all.add(added);
    return added;
  }

  void end(CudaStream stream) {
    synchronize(stream);
    device.guarded(
        "close",
        () -> {
          all.remove(stream);
          memory.forget(stream.gpuStream());
          stream.gpuStream().destroy();
          return stream;
        });
  }

  /** Waits for all that are not captured. */
  void synchronize() {
    refuseInCapture("synchronize", current());
    for (CudaStream stream : all) {
      if (stream.capture() == null) {
        synchronize(stream);
      }
    }
  }

  void synchronize(CudaStream stream) {
    health.check("synchronize");
    refuseInCapture("synchronize", stream);
    device.guardedUnlocked(
        "synchronize",
        () -> {
          stream.gpuStream().await();
          return stream;
        });
    raiseFaults(stream);
    if (all.size() == 1) {
      health.synchronised();
    }
  }

  /** Completes when all that are not captured have done what they were asked by now. */
  CompletableFuture<Void> finished() {
    health.check("finished");
    refuseInCapture("finished", current());
    List<CompletableFuture<Void>> waiting = new ArrayList<>();
    for (CudaStream stream : all) {
      if (stream.capture() == null) {
        waiting.add(stream.record().toFuture().thenRun(() -> raiseUnlessCaptured(stream)));
      }
    }
    return CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new));
  }

  /** What is met while a graph is captured is told after it. */
  private void raiseUnlessCaptured(CudaStream stream) {
    if (stream.capture() == null) {
      raiseFaults(stream);
    }
  }

  /** Raises what kernels met, after waiting for the stream. */
  void raiseFaults(CudaStream stream) {
    TensorException[] found = {null};
    device.guardedUnlocked(
        "synchronize",
        () -> {
          found[0] = faults.take(stream.gpuStream());
          return found;
        });
    if (found[0] != null) {
      throw found[0];
    }
  }

  static void refuseInCapture(String operation, CudaStream stream) {
    if (stream.capture() != null) {
      throw new BackendException(
          "[%s] the host cannot wait for values while a graph is captured, since nothing is computed yet; do it before or after the capture"
              .formatted(operation));
    }
  }
}
