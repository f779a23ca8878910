package io.gradus.tensor.backend;

import java.util.concurrent.atomic.AtomicInteger;

/** Numbers devices, so that each has its own place in a program. */
final class DeviceSlots {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private DeviceSlots() {}

  static int next() {
    return NEXT.getAndIncrement();
  }
}
