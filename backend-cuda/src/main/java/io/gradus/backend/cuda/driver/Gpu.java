package io.gradus.backend.cuda.driver;

import static io.gradus.backend.cuda.driver.DriverFailure.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * One GPU as the driver sees it, with the context that all libraries of a process share.
 *
 * <p>Every method throws {@link DriverFailure}. Calls work in any thread after {@link #enter}.
 */
public final class Gpu {
  private final int index;
  private final CUdevice device = new CUdevice();
  private final Handles.Context context = new Handles.Context();

  private Gpu(int index) {
    this.index = index;
    check(JCudaDriver.cuDeviceGet(device, index), "cuDeviceGet");
    check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
  }

  /** All GPUs that this process may use; JCuda must be loaded. */
  public static List<Gpu> all() {
    check(JCudaDriver.cuInit(0), "cuInit");
    int[] count = {0};
    check(JCudaDriver.cuDeviceGetCount(count), "cuDeviceGetCount");
    List<Gpu> all = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      all.add(new Gpu(i));
    }
    return List.copyOf(all);
  }

  /** The driver's number of it. */
  public int index() {
    return index;
  }

  /** The product's name. */
  public String name() {
    byte[] name = new byte[256];
    check(JCudaDriver.cuDeviceGetName(name, name.length, device), "cuDeviceGetName");
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return new String(name, 0, end, StandardCharsets.UTF_8).trim();
  }

  /** major * 10 + minor. */
  public int computeCapability() {
    return 10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
        + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
  }

  /** How many streaming multiprocessors. */
  public int multiprocessors() {
    return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
  }

  /** Shared memory that a block may use without being asked. */
  public int sharedBytesPerBlock() {
    return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK);
  }

  /** Threads that run together. */
  public int warpSize() {
    return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_WARP_SIZE);
  }

  private int attribute(int which) {
    int[] value = {0};
    check(JCudaDriver.cuDeviceGetAttribute(value, which, device), "cuDeviceGetAttribute");
    return value[0];
  }

  /** The size of the memory. */
  public long totalBytes() {
    long[] bytes = {0};
    check(JCudaDriver.cuDeviceTotalMem(bytes, device), "cuDeviceTotalMem");
    return bytes[0];
  }

  /** What nobody uses at the moment, other processes included. */
  public long freeBytes() {
    long[] free = {0};
    long[] total = {0};
    check(JCudaDriver.cuMemGetInfo(free, total), "cuMemGetInfo");
    return free[0];
  }

  /** Makes this the GPU that the thread's calls are for. */
  public void enter() {
    int code = HotCalls.setCurrent(context.number());
    if (code != 0) {
      throw new DriverFailure(code, "cuCtxSetCurrent");
    }
  }

  /** A stream that waits for no other. */
  public GpuStream newStream() {
    Handles.Stream stream = new Handles.Stream();
    check(
        JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING),
        "cuStreamCreate");
    return new GpuStream(stream);
  }

  /** An event; timing ones cost more. */
  public GpuEvent newEvent(boolean timing) {
    Handles.Event event = new Handles.Event();
    int flags = timing ? CUevent_flags.CU_EVENT_DEFAULT : CUevent_flags.CU_EVENT_DISABLE_TIMING;
    check(JCudaDriver.cuEventCreate(event, flags), "cuEventCreate");
    return new GpuEvent(event);
  }

  /** Memory of the device; 0 if there is not enough. */
  public long allocate(long bytes) {
    Handles.Address address = new Handles.Address();
    int code = JCudaDriver.cuMemAlloc(address, bytes);
    if (code == DriverFailure.OUT_OF_MEMORY) {
      return 0;
    }
    check(code, "cuMemAlloc");
    return address.number();
  }

  /** Gives memory of the device back, after all work on it is done. */
  public void free(long address) {
    check(JCudaDriver.cuMemFree(new Handles.Address(address)), "cuMemFree");
  }

  /** Memory of the host that the GPU reads and writes by itself. */
  public long allocatePinned(long bytes) {
    Handles.HostAddress address = new Handles.HostAddress();
    check(
        JCudaDriver.cuMemHostAlloc(address, bytes, JCudaDriver.CU_MEMHOSTALLOC_PORTABLE),
        "cuMemHostAlloc");
    return address.number();
  }

  /** Gives pinned memory back. */
  public void freePinned(long address) {
    check(JCudaDriver.cuMemFreeHost(new Handles.HostAddress(address)), "cuMemFreeHost");
  }

  /** Whether kernels and copies here can reach the memory of another GPU directly; allows it. */
  public boolean enablePeer(Gpu other) {
    int[] can = {0};
    check(JCudaDriver.cuDeviceCanAccessPeer(can, device, other.device), "cuDeviceCanAccessPeer");
    if (can[0] == 0) {
      return false;
    }
    int alreadyEnabled = 704;
    int code = JCudaDriver.cuCtxEnablePeerAccess(other.context, 0);
    if (code != 0 && code != alreadyEnabled) {
      throw new DriverFailure(code, "cuCtxEnablePeerAccess");
    }
    return true;
  }

  /** Copies from another GPU's memory to that of this one. */
  public void copyFromPeer(long to, Gpu other, long from, long bytes, GpuStream stream) {
    check(
        JCudaDriver.cuMemcpyPeerAsync(
            new Handles.Address(to),
            context,
            new Handles.Address(from),
            other.context,
            bytes,
            stream.handle()),
        "cuMemcpyPeerAsync");
  }
}
