package io.gradus.tensor.watch;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.FlightRecorder;

/**
 * Where devices report their work.
 *
 * <p>Costs a device one look at a flag where nobody listens. The way to report a kernel:
 *
 * <pre>{@code
 * public void run(Kernel kernel) {
 *   if (Watch.isOn()) {
 *     Watch.run(this, kernel, () -> launch(kernel));
 *   } else {
 *     launch(kernel);
 *   }
 * }
 * }</pre>
 */
public final class Watch {
  private static final WorkListener[] NOBODY = {};

  private static volatile WorkListener[] listeners = NOBODY;

  private Watch() {}

  /** Whether anybody wants to hear of kernels. */
  public static boolean isOn() {
    return listeners != NOBODY || FlightRecorder.isInitialized() && Events.KERNELS.isEnabled();
  }

  /** Whether anybody wants to hear of allocations. */
  public static boolean isAllocationOn() {
    return listeners != NOBODY || FlightRecorder.isInitialized() && Events.ALLOCATIONS.isEnabled();
  }

  /**
   * Events of their own, so that asking makes no object; made only where there is a recorder, since
   * the first event of a program takes 50 ms and more.
   */
  private static final class Events {
    static final KernelEvent KERNELS = new KernelEvent();
    static final PoolAllocationEvent ALLOCATIONS = new PoolAllocationEvent();
  }

  /** From now on tells a listener too; harmless when repeated. */
  public static synchronized void add(WorkListener listener) {
    remove(listener);
    List<WorkListener> more = new ArrayList<>(List.of(listeners));
    more.add(listener);
    listeners = more.toArray(NOBODY);
  }

  /** Tells a listener no more; harmless when repeated. */
  public static synchronized void remove(WorkListener listener) {
    List<WorkListener> fewer = new ArrayList<>(List.of(listeners));
    fewer.removeIf(l -> l == listener);
    listeners = fewer.isEmpty() ? NOBODY : fewer.toArray(NOBODY);
  }

  /**
   * Runs a kernel and tells of it. Where a listener is there the device is waited for, so that the
   * times are those of the work and not of queueing it; a flight recording alone does not wait.
   * What fails is not told of.
   */
  public static void run(Device device, Kernel kernel, Runnable work) {
    KernelEvent event = new KernelEvent();
    event.begin();
    WorkListener[] told = listeners;
    long begin = System.nanoTime();
    work.run();
    if (told.length > 0) {
      device.synchronize();
      long end = System.nanoTime();
      for (WorkListener l : told) {
        l.ran(device, kernel, begin, end);
      }
    }
    event.end();
    if (event.shouldCommit()) {
      event.device = device.name();
      event.kernel = KernelSummary.name(kernel);
      event.elements = KernelSummary.elements(kernel);
      event.bytes = KernelSummary.bytes(kernel);
      event.commit();
    }
  }

  /** An allocation that is under way; made where {@link #isAllocationOn}. */
  public static final class Allocation {
    private final PoolAllocationEvent event = new PoolAllocationEvent();
    private final long begin = System.nanoTime();

    /** Begins now. */
    public Allocation() {
      event.begin();
    }

    /** Tells that the memory is there. */
    public void done(Device device, long bytes, boolean recycled) {
      event.end();
      long end = System.nanoTime();
      for (WorkListener l : listeners) {
        l.allocated(device, bytes, recycled, begin, end);
      }
      if (event.shouldCommit()) {
        event.device = device.name();
        event.bytes = bytes;
        event.recycled = recycled;
        event.commit();
      }
    }
  }
}
