package io.gradus.backend.cuda.memory;

/**
 * What a device's memory is used for at one moment.
 *
 * @param liveBytes in use by storages and running work
 * @param cachedBytes taken from the driver and free for the next request
 * @param peakLiveBytes the largest {@code liveBytes} so far
 * @param allocations requests that were served
 * @param driverAllocations how many of them went to the driver
 * @param rescues how often something had to be given up to serve a request: the cache, or dead
 *     storages that a garbage collection found
 */
public record MemoryStatistics(
    long liveBytes,
    long cachedBytes,
    long peakLiveBytes,
    long allocations,
    long driverAllocations,
    long rescues) {
  /** What is taken from the driver. */
  public long reservedBytes() {
    return liveBytes + cachedBytes;
  }
}
