package io.gradus.backend.cuda.memory;

import java.io.Serial;

/** A request that could not be served, whatever was given up for it. */
public final class OutOfDeviceMemory extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  OutOfDeviceMemory(long bytes, MemoryStatistics s) {
    super(
        "%d bytes were asked for; tensors and running work hold %d, the cache %d, at most they held %d"
            .formatted(bytes, s.liveBytes(), s.cachedBytes(), s.peakLiveBytes()));
  }
}
