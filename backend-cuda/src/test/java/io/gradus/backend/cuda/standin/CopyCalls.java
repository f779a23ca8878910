package io.gradus.backend.cuda.standin;

import io.gradus.backend.cuda.emulator.Findings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies and fills: CUDA Driver API, "Memory Management".
 *
 * <p>What "asynchronous" means depends on the host's memory (chapter "API synchronization
 * behavior"): from pageable memory the bytes are taken before the call returns, to pageable memory
 * they have arrived when it returns; page-locked memory is touched whenever the stream comes to it.
 */
final class CopyCalls {
  private final Driver driver;

  CopyCalls(Driver driver) {
    this.driver = driver;
  }

  void register() {
    for (String both : new String[] {"cuMemcpyHtoD_v2", "cuMemcpyDtoH_v2", "cuMemcpyDtoD_v2"}) {
      driver.on(both, a -> copy(a.asLong(0), a.asLong(1), a.asLong(2), 0, true));
      driver.on(
          both.replace("_v2", "Async_v2"),
          a -> copy(a.asLong(0), a.asLong(1), a.asLong(2), a.asLong(3), false));
    }
    driver.on("cuMemcpy", a -> copy(a.asLong(0), a.asLong(1), a.asLong(2), 0, true));
    driver.on(
        "cuMemcpyAsync", a -> copy(a.asLong(0), a.asLong(1), a.asLong(2), a.asLong(3), false));
    driver.on("cuMemcpyPeer", a -> copy(a.asLong(0), a.asLong(2), a.asLong(4), 0, true));
    driver.on(
        "cuMemcpyPeerAsync", a -> copy(a.asLong(0), a.asLong(2), a.asLong(4), a.asLong(5), false));
    for (int width : new int[] {1, 2, 4}) {
      String name = "cuMemsetD" + 8 * width;
      driver.on(name + "_v2", a -> fill(a, width, 0));
      driver.on(name + "Async", a -> fill(a, width, a.asLong(3)));
    }
  }

  /** Whether an address belongs to a device: those are out of a process's reach. */
  static boolean isDevice(long address) {
    return address >>> 49 != 0;
  }

  private void copy(long to, long from, long bytes, long stream, boolean synchronous) {
    if (bytes == 0) {
      return;
    }
    Driver.require(to != 0 && from != 0 && bytes > 0);
    check(to, bytes);
    check(from, bytes);
    if (synchronous) {
      driver.notWhileCapturing();
    }
    Stream s = driver.stream(stream);
    boolean capturing = driver.capture(s) != null;
    if (isDevice(to) && isDevice(from)) {
      driver.submit(s, () -> driver.memory.copy(from, to, bytes));
    } else if (isDevice(to)) {
      MemorySegment source = Arguments.host(from, bytes);
      boolean pageable = !driver.memory.contains(from, bytes);
      MemorySegment taken =
          pageable && !capturing
              ? MemorySegment.ofArray(source.toArray(ValueLayout.JAVA_BYTE))
              : source;
      driver.submit(s, () -> driver.memory.write(to, taken));
    } else if (isDevice(from)) {
      boolean pageable = !driver.memory.contains(to, bytes);
      driver.submit(s, () -> driver.memory.read(from, Arguments.host(to, bytes)));
      if (pageable && !capturing) {
        driver.scheduler.await(s.last);
        driver.checkError(s.context);
      }
    } else {
      driver.submit(s, () -> Arguments.host(to, bytes).copyFrom(Arguments.host(from, bytes)));
    }
    if (synchronous) {
      driver.scheduler.await(s.last);
      driver.checkError(s.context);
    }
  }

  private void fill(Arguments a, int width, long stream) {
    long to = a.asLong(0);
    long count = a.asLong(2);
    Driver.require(to % width == 0);
    check(to, count * width);
    int value = a.asInt(1);
    driver.submit(driver.stream(stream), () -> driver.memory.fill(to, value, width, count));
  }

  /** The driver refuses a range that leaves its allocation, if that is there already. */
  private void check(long address, long bytes) {
    long length = isDevice(address) ? driver.memory.length(address) : -1;
    if (length >= 0 && !driver.memory.contains(address, bytes)) {
      driver.findings.report(
          Findings.Kind.ILLEGAL_ACCESS,
          "a copy or fill of "
              + bytes
              + " bytes at 0x"
              + Long.toHexString(address)
              + " leaves its allocation");
      throw CudaResult.ERROR_INVALID_VALUE.error();
    }
  }
}
