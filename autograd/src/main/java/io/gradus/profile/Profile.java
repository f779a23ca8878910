package io.gradus.profile;

import io.gradus.io.AtomicFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** What a {@link Profiler} saw. */
public final class Profile {
  private final List<KernelCost> kernels;
  private final List<RegionCost> regions;
  private final MemoryCost memory;
  private final long wallNanos;
  private final Trace trace;

  Profile(
      List<KernelCost> kernels,
      List<RegionCost> regions,
      MemoryCost memory,
      long wallNanos,
      Trace trace) {
    this.kernels =
        kernels.stream().sorted(Comparator.comparingLong(KernelCost::nanos).reversed()).toList();
    this.regions =
        regions.stream().sorted(Comparator.comparingLong(RegionCost::nanos).reversed()).toList();
    this.memory = memory;
    this.wallNanos = wallNanos;
    this.trace = trace;
  }

  /** The kernels by operation, the dearest first. */
  public List<KernelCost> kernels() {
    return kernels;
  }

  /** The regions, the longest first: the program's, nodes in backward, waits for batches. */
  public List<RegionCost> regions() {
    return regions;
  }

  /** The large blocks of memory that were taken. */
  public MemoryCost memory() {
    return memory;
  }

  /** The time of all kernels, of all threads together. */
  public long kernelNanos() {
    return kernels.stream().mapToLong(KernelCost::nanos).sum();
  }

  /** The time from start to stop. */
  public long wallNanos() {
    return wallNanos;
  }

  /** Kernels and regions that the trace lacks because they were too many. */
  public long dropped() {
    return trace.dropped();
  }

  /** A table of the kernels, and one of the regions that the program opened. */
  public String table() {
    return table(Integer.MAX_VALUE);
  }

  /** As {@link #table()} with the dearest kernels only. */
  public String table(int rows) {
    return ProfileTable.of(this, rows);
  }

  /**
   * Writes every kernel and region with its times, for {@code chrome://tracing}, {@code
   * ui.perfetto.dev} and others that read Chrome's trace events.
   */
  public void writeTrace(Path path) {
    AtomicFile.write(path, trace::write);
  }

  @Override
  public String toString() {
    return table();
  }
}
