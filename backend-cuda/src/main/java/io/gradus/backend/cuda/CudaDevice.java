package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.DriverFailure;
import io.gradus.backend.cuda.driver.Gpu;
import io.gradus.backend.cuda.memory.Block;
import io.gradus.backend.cuda.memory.CachingAllocator;
import io.gradus.backend.cuda.memory.DeviceHeap;
import io.gradus.backend.cuda.memory.Lease;
import io.gradus.backend.cuda.memory.MemoryStatistics;
import io.gradus.backend.cuda.memory.OutOfDeviceMemory;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.ptx.Planner;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import io.gradus.tensor.watch.Watch;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One NVIDIA GPU.
 *
 * <p>Kernels are queued on a stream and run later, in order; {@link #download} and {@link
 * #synchronize} wait for them. All threads share the main stream unless they choose another one:
 * see {@link CudaStream}. Memory is recycled when its storage is released or unreachable. What goes
 * wrong in a kernel is reported at the next synchronisation; {@code -Dgradus.cuda.sync=true} waits
 * after each kernel, so that the report comes where the cause is.
 */
public final class CudaDevice implements Device {
  private static final long[] ONE = {1};

  private final int slot = Device.newSlot();
  private final Gpu gpu;
  private final String description;
  private final Health health;
  private final DeviceHeap heap;
  private final CudaStreams streams;
  private final KernelQueue kernels;
  private final Transfers transfers;
  private final PeerCopies peers;
  private final ReentrantLock lock = new ReentrantLock();

  CudaDevice(Gpu gpu, CudaSettings settings, Planner planner) {
    this.gpu = gpu;
    health = new Health("cuda:" + gpu.index());
    DriverMemory memory = new DriverMemory(gpu);
    heap = new DeviceHeap(new CachingAllocator(memory, settings.cache(), settings.limit()));
    gpu.enter();
    DeviceTraits traits =
        new DeviceTraits(
            gpu.computeCapability(),
            gpu.multiprocessors(),
            gpu.sharedBytesPerBlock(),
            gpu.warpSize());
    description =
        String.format(
            Locale.ROOT,
            "%s, compute capability %d.%d, %.1f GiB",
            gpu.name(),
            traits.computeCapability() / 10,
            traits.computeCapability() % 10,
            gpu.totalBytes() / (double) (1L << 30));
    streams = new CudaStreams(this, memory, health);
    kernels = new KernelQueue(this, traits, planner, settings);
    transfers = new Transfers(this);
    peers = new PeerCopies(this);
  }

  @Override
  public String type() {
    return "cuda";
  }

  @Override
  public int index() {
    return gpu.index();
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public int slot() {
    return slot;
  }

  @Override
  public String toString() {
    return name();
  }

  /** What its memory is used for. */
  public MemoryStatistics memoryStatistics() {
    return heap.statistics();
  }

  /** What does matrix products here: cuBLAS with its version and path, or why it does not. */
  public String matrixProducts() {
    return guarded("matrixProducts", kernels::productsDescription);
  }

  /** What does convolutions here: cuDNN with its version and path, or why it does not. */
  public String convolutions() {
    return guarded("convolutions", kernels::convolutionsDescription);
  }

  /** Returns the memory that no tensor uses to the driver, for other processes; how many bytes. */
  public long emptyCache() {
    return guardedUnlocked("emptyCache", heap::dropCache);
  }

  /** The stream to which the running code's work goes. */
  public CudaStream currentStream() {
    return streams.current();
  }

  /** The stream that is used where no other is chosen. */
  public CudaStream mainStream() {
    return streams.main();
  }

  /** A new stream; close it after use. */
  public CudaStream newStream() {
    return guarded("newStream", streams::add);
  }

  @Override
  public Storage allocate(DType dtype, long elements) {
    health.check("allocate");
    CudaStorage storage = new CudaStorage(this, dtype, elements);
    if (elements > 0) {
      if (elements > Long.MAX_VALUE / 8) {
        throw outOfMemory(elements + " elements of " + dtype + " were asked for", null);
      }
      CudaStream stream = currentStream();
      Watch.@Nullable Allocation watched = Watch.isAllocationOn() ? new Watch.Allocation() : null;
      long before = watched == null ? 0 : heap.statistics().driverAllocations();
      storage.lease(
          guardedUnlocked(
              "allocate",
              () ->
                  heap.lease(
                      storage,
                      elements * dtype.byteSize(),
                      stream.gpuStream().number(),
                      owner(stream))));
      if (watched != null) {
        boolean recycled = heap.statistics().driverAllocations() == before;
        watched.done(this, storage.byteSize(), recycled);
      }
    }
    return storage;
  }

  Block allocateBlock(long bytes, CudaStream stream) {
    return heap.allocate(bytes, stream.gpuStream().number(), owner(stream));
  }

  private static long owner(CudaStream stream) {
    Capture capture = stream.capture();
    return capture == null ? 0 : capture.number();
  }

  private DeviceException outOfMemory(String what, @Nullable Throwable cause) {
    String message =
        "[allocate] CUDA out of memory on %s: %s, the device has %d; drop tensors, close graphs, or use smaller batches"
            .formatted(name(), what, gpu.totalBytes());
    return cause == null ? new DeviceException(message) : new DeviceException(message, cause);
  }

  /** Where a storage is, for work on a stream that is about to be queued. */
  long address(CudaStorage storage, CudaStream stream) {
    if (storage.isEmpty()) {
      return 0;
    }
    Lease lease = storage.lease();
    Block block = lease.block();
    Capture capture = stream.capture();
    if (capture != null) {
      if (block.owner() != capture.number()) {
        capture.pin(lease);
      }
    } else if (block.stream() != stream.gpuStream().number()) {
      heap.use(block, stream.gpuStream().number());
    }
    return block.address();
  }

  /**
   * Whether nothing has written to elements yet; in a graph, which repeats, only its own memory.
   */
  boolean isNew(CudaStorage storage, Layout layout, CudaStream stream) {
    Capture capture = stream.capture();
    return storage.written().spare(layout)
        && (capture == null || storage.lease().block().owner() == capture.number());
  }

  @Override
  public void upload(MemorySegment from, Storage to, long offset) {
    health.check("upload");
    try {
      if (from.byteSize() > 0) {
        CudaStream stream = currentStream();
        long address = address((CudaStorage) to, stream);
        transfers.upload(from, address + offset * to.dtype().byteSize(), stream);
        long elements = from.byteSize() / to.dtype().byteSize();
        ((CudaStorage) to).written().add(Layout.of(Shape.of(elements), ONE, offset));
      }
    } finally {
      Reference.reachabilityFence(to);
    }
  }

  @Override
  public void download(Storage from, long offset, MemorySegment to) {
    health.check("download");
    CudaStream stream = currentStream();
    CudaStreams.refuseInCapture("download", stream);
    try {
      if (to.byteSize() > 0) {
        long address = address((CudaStorage) from, stream);
        transfers.download(address + offset * from.dtype().byteSize(), to, stream);
      }
    } finally {
      Reference.reachabilityFence(from);
    }
    streams.raiseFaults(stream);
  }

  /**
   * Starts a download and returns: {@code to} holds the elements when the future is complete. What
   * is queued afterwards does not change them. In Kotlin, {@code await()} of
   * kotlinx-coroutines-jdk8 waits for it in a coroutine.
   *
   * @param to memory that any thread may write; as many elements as fit into it are copied
   */
  public CompletableFuture<Void> downloadLater(Storage from, long offset, MemorySegment to) {
    health.check("download");
    CudaStream stream = currentStream();
    CudaStreams.refuseInCapture("download", stream);
    if (to.byteSize() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      long address = address((CudaStorage) from, stream);
      return transfers.downloadLater(address + offset * from.dtype().byteSize(), to, stream);
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  @Override
  public boolean supports(Kernel kernel) {
    return kernels.supports(kernel);
  }

  @Override
  public void run(Kernel kernel) {
    health.check("run");
    if (Watch.isOn() && currentStream().capture() == null) {
      Watch.run(this, kernel, () -> queue(kernel));
    } else {
      queue(kernel);
    }
  }

  private void queue(Kernel kernel) {
    lock.lock();
    try {
      gpu.enter();
      kernels.run(kernel);
      for (Operand out : kernel.outputs()) {
        ((CudaStorage) out.storage()).written().add(out.layout());
      }
    } catch (OutOfDeviceMemory e) {
      throw outOfMemory(String.valueOf(e.getMessage()), e);
    } catch (DriverFailure e) {
      throw health.explain(e, "run", "");
    } finally {
      lock.unlock();
      // A kernel holds its operands, those their storages.
      Reference.reachabilityFence(kernel);
    }
  }

  @Override
  public void synchronize() {
    streams.synchronize();
  }

  @Override
  public CompletableFuture<Void> finished() {
    return streams.finished();
  }

  /**
   * Writes the work of a step down as a graph, without doing it: {@link CudaGraph#replay} does.
   *
   * <p>Run the step at least once before, so that its kernels are compiled. The step must not read
   * values on the host. Only the calling thread's work is captured. The graph keeps the memory of
   * all tensors that it works on until it is closed.
   *
   * @throws BackendException if the step waits for the device, or a capture is under way already
   */
  @Override
  public CudaGraph capture(Runnable step) {
    health.check("capture");
    return CudaGraph.of(this, step);
  }

  /** From another CUDA device: over the link between the two where there is one. */
  @Override
  public boolean copy(Storage from, long offset, Storage to) {
    if (!(from instanceof CudaStorage source)) {
      return false;
    }
    health.check("copy");
    CudaStreams.refuseInCapture("copy", currentStream());
    try {
      if (to.byteSize() > 0) {
        peers.copy(source, offset * from.dtype().byteSize(), (CudaStorage) to);
        ((CudaStorage) to).written().add(Layout.of(Shape.of(to.size())));
      }
      return true;
    } finally {
      Reference.reachabilityFence(from);
      Reference.reachabilityFence(to);
    }
  }

  Gpu gpu() {
    return gpu;
  }

  Health health() {
    return health;
  }

  DeviceHeap heap() {
    return heap;
  }

  CudaStreams streams() {
    return streams;
  }

  /** Calls the driver for this device, one thread at a time. */
  <T> T guarded(String operation, Supplier<T> call) {
    lock.lock();
    try {
      return guardedUnlocked(operation, call);
    } finally {
      lock.unlock();
    }
  }

  /** Calls the driver for this device, perhaps to wait. */
  <T> T guardedUnlocked(String operation, Supplier<T> call) {
    try {
      gpu.enter();
      return call.get();
    } catch (DriverFailure e) {
      throw health.explain(e, operation, "");
    } catch (OutOfDeviceMemory e) {
      throw outOfMemory(String.valueOf(e.getMessage()), e);
    }
  }
}
