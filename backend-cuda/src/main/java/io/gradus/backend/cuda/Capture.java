package io.gradus.backend.cuda;

import io.gradus.backend.cuda.memory.Lease;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a graph refers to: kept until the graph is closed, whatever becomes of the tensors. */
final class Capture {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final long number = NUMBERS.incrementAndGet();
  private final Map<Lease, Boolean> pinned = new IdentityHashMap<>();
  private final List<Long> hostMemory = new ArrayList<>();
  private boolean faults;
  private int steps;

  /** Names its memory among the allocator's. */
  long number() {
    return number;
  }

  /** Memory that a captured step works on. */
  void pin(Lease lease) {
    if (pinned.putIfAbsent(lease, true) == null) {
      lease.pin();
    }
  }

  /** Pinned host memory that a captured copy reads. */
  void keep(long hostAddress) {
    hostMemory.add(hostAddress);
  }

  /** A step that may write the fault record. */
  void mayFault() {
    faults = true;
  }

  boolean faults() {
    return faults;
  }

  void step() {
    steps++;
  }

  /** How many launches, fills and copies. */
  int steps() {
    return steps;
  }

  Iterable<Lease> leases() {
    return pinned.keySet();
  }

  /** Gives everything back; all replays are done. */
  void discard(CudaDevice device) {
    pinned.keySet().forEach(Lease::unpin);
    pinned.clear();
    hostMemory.forEach(device.gpu()::freePinned);
    hostMemory.clear();
    device.heap().dropPool(number);
  }
}
