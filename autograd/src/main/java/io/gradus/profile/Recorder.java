package io.gradus.profile;

import io.gradus.tensor.backend.Device;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.watch.KernelSummary;
import io.gradus.tensor.watch.Watch;
import io.gradus.tensor.watch.WorkListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts what it hears of, from all threads. */
final class Recorder implements WorkListener {
  private record KernelKey(String operation, String kernel, String device) {}

  private record RegionKey(String name, Region.Kind kind) {}

  private final int maxSpans;
  private final long started = System.nanoTime();

  // All below is guarded by this.
  private final Map<KernelKey, KernelCost> kernels = new HashMap<>();
  private final Map<RegionKey, RegionCost> regions = new HashMap<>();
  private final Map<Long, String> threads = new LinkedHashMap<>();
  private final List<Span> spans = new ArrayList<>();
  private MemoryCost memory = MemoryCost.NOTHING;
  private long dropped;

  Recorder(int maxSpans) {
    this.maxSpans = maxSpans;
  }

  void start() {
    Watch.add(this);
    Region.add(this);
  }

  Profile stop() {
    Watch.remove(this);
    Region.remove(this);
    long wall = System.nanoTime() - started;
    synchronized (this) {
      return new Profile(
          List.copyOf(kernels.values()),
          List.copyOf(regions.values()),
          memory,
          wall,
          new Trace(started, List.copyOf(spans), Map.copyOf(threads), dropped));
    }
  }

  @Override
  public void ran(Device device, Kernel kernel, long begin, long end) {
    String operation = CallingOperation.name();
    String name = KernelSummary.name(kernel);
    long elements = KernelSummary.elements(kernel);
    long bytes = KernelSummary.bytes(kernel);
    String on = device.name();
    synchronized (this) {
      kernels.merge(
          new KernelKey(operation, name, on),
          new KernelCost(operation, name, on, 1, end - begin, bytes),
          (old, _) -> old.plus(end - begin, bytes));
      add("kernel", name, operation, on, begin, end, elements, bytes);
    }
  }

  @Override
  public synchronized void allocated(
      Device device, long bytes, boolean recycled, long begin, long end) {
    memory = memory.plus(recycled, bytes, end - begin);
    String name = recycled ? "recycled memory" : "new memory";
    add("memory", name, "", device.name(), begin, end, 0, bytes);
  }

  /** A region was left. */
  synchronized void left(String name, Region.Kind kind, long begin, long end) {
    regions.merge(
        new RegionKey(name, kind),
        new RegionCost(name, kind, 1, end - begin),
        (old, _) -> old.plus(end - begin));
    add(kind.name().toLowerCase(Locale.ROOT), name, "", "", begin, end, 0, 0);
  }

  private void add(
      String kind,
      String name,
      String operation,
      String device,
      long begin,
      long end,
      long elements,
      long bytes) {
    if (spans.size() >= maxSpans) {
      dropped++;
      return;
    }
    Thread thread = Thread.currentThread();
    threads.putIfAbsent(thread.threadId(), thread.getName());
    spans.add(
        new Span(kind, name, operation, device, thread.threadId(), begin, end, elements, bytes));
  }
}
