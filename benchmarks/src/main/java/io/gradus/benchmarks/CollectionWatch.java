package io.gradus.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/** Counts collections of this process's heap, by the events of the JVM's flight recorder. */
final class CollectionWatch implements AutoCloseable {
  private static final Set<String> FULL = Set.of("SerialOld", "ParallelOld", "G1Full");
  private static final double NANOS_PER_MILLI = 1e6;

  private record Use(Instant at, long bytes) {}

  private final RecordingStream events = new RecordingStream();
  private final List<Double> pauses = new ArrayList<>();
  private final List<Use> after = new ArrayList<>();
  private final Instant start = Instant.now();
  private Instant end = start;
  private int full;
  private long most;

  /** Begins to count. */
  CollectionWatch() {
    events.enable("jdk.GarbageCollection");
    events.enable("jdk.GCHeapSummary");
    events.onEvent("jdk.GarbageCollection", this::collected);
    events.onEvent("jdk.GCHeapSummary", this::used);
    events.startAsync();
  }

  private void collected(RecordedEvent e) {
    pauses.add(e.getDuration("longestPause").toNanos() / NANOS_PER_MILLI);
    full += FULL.contains(e.getString("name")) ? 1 : 0;
  }

  private void used(RecordedEvent e) {
    long bytes = e.getLong("heapUsed");
    most = Math.max(most, bytes);
    if (e.getString("when").startsWith("After")) {
      after.add(new Use(e.getEndTime(), bytes));
    }
  }

  /** Waits for the events of what has happened, and counts no more. */
  void finish() {
    end = Instant.now();
    events.stop();
  }

  @Override
  public void close() {
    events.close();
  }

  int collections() {
    return pauses.size();
  }

  int fullCollections() {
    return full;
  }

  /** The pause in milliseconds below which such a share of them is; 1 for the longest. */
  double pause(double share) {
    double[] sorted = pauses.stream().mapToDouble(p -> p).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** The most bytes in use before or after a collection. */
  long mostUsed() {
    return most;
  }

  /** Bytes in use after the last collection of each of so many equal parts; -1 without one. */
  long[] afterCollections(int parts) {
    long[] last = new long[parts];
    Arrays.fill(last, -1);
    double whole = Math.max(1, Duration.between(start, end).toNanos());
    for (Use use : after) {
      double share = Duration.between(start, use.at).toNanos() / whole;
      last[Math.clamp((long) (share * parts), 0, parts - 1)] = use.bytes;
    }
    return last;
  }
}
