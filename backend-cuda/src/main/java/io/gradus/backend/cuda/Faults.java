package io.gradus.backend.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.gradus.backend.cuda.driver.Gpu;
import io.gradus.backend.cuda.driver.GpuStream;
import io.gradus.backend.cuda.plan.FaultRecord;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.error.TensorIndexException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The device's fault record: bad indices that kernels met, told at the next synchronisation. */
final class Faults {
  private final long record;
  private final long hostAddress;
  private final MemorySegment host;
  private final Map<String, Integer> tickets = new HashMap<>();
  private final List<String> operations = new ArrayList<>();
  private volatile boolean possible;

  /** Makes the record; the GPU must be entered. */
  Faults(Gpu gpu, GpuStream stream) {
    record = gpu.allocate(FaultRecord.BYTES);
    if (record == 0) {
      throw new BackendException(
          "[open] cuda:%d has no memory left at all; end other processes that use it"
              .formatted(gpu.index()));
    }
    hostAddress = gpu.allocatePinned(FaultRecord.BYTES);
    host = MemorySegment.ofAddress(hostAddress).reinterpret(FaultRecord.BYTES);
    stream.fill(record, (byte) 0, FaultRecord.BYTES);
  }

  /** The address for kernels. */
  long address() {
    return record;
  }

  /** A kernel that may write the record was queued. */
  void mayHappen() {
    possible = true;
  }

  /** The number under which kernels name an operation. */
  synchronized int ticket(String operation) {
    return tickets.computeIfAbsent(
        operation,
        o -> {
          operations.add(o);
          return operations.size() - 1;
        });
  }

  /** Reads the record, after waiting for the stream, and clears it; null if nothing happened. */
  @Nullable TensorException take(GpuStream stream) {
    if (!possible) {
      return null;
    }
    synchronized (this) {
      possible = false;
      stream.download(record, hostAddress, FaultRecord.BYTES);
      stream.await();
      if (host.get(JAVA_INT, FaultRecord.STATE) != FaultRecord.INDEX) {
        return null;
      }
      stream.fill(record, (byte) 0, FaultRecord.BYTES);
      stream.await();
      int ticket = host.get(JAVA_INT, FaultRecord.TICKET);
      return new TensorIndexException(
          "[%s] index %d is out of bounds for dimension %d with size %d"
              .formatted(
                  ticket >= 0 && ticket < operations.size() ? operations.get(ticket) : "cuda",
                  host.get(JAVA_LONG, FaultRecord.VALUE),
                  host.get(JAVA_LONG, FaultRecord.AXIS),
                  host.get(JAVA_LONG, FaultRecord.SIZE)));
    }
  }
}
