package io.gradus.backend.cuda;

import java.util.HashSet;
import java.util.Set;

/** Copies to one device from others. */
final class PeerCopies {
  private final CudaDevice device;

  /** The devices with which a direct way was asked for; guarded by the device's lock. */
  private final Set<CudaDevice> asked = new HashSet<>();

  PeerCopies(CudaDevice device) {
    this.device = device;
  }

  /**
   * Queues a copy that fills {@code to}; the source's stream waits for it before it does anything
   * else.
   */
  void copy(CudaStorage from, long byteOffset, CudaStorage to) {
    CudaDevice other = (CudaDevice) from.device();
    CudaStream there = other.currentStream();
    CudaStream here = device.currentStream();
    here.waitFor(there.record());
    long source = other.address(from, there) + byteOffset;
    long target = device.address(to, here);
    device.guarded(
        "copy",
        () -> {
          if (other != device && asked.add(other)) {
            // Without it the driver takes the way through the host.
            device.gpu().enablePeer(other.gpu());
          }
          device.gpu().copyFromPeer(target, other.gpu(), source, to.byteSize(), here.gpuStream());
          return here;
        });
    // The source's memory is recycled in the order of its own stream only.
    there.waitFor(here.record());
  }
}
