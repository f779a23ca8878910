package io.gradus.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * A process that repeats a row of Gradus for some time and tells what the garbage collector had to
 * do, as a line of a table.
 */
public final class MemoryProcess {
  /** What the line begins with. */
  public static final String LINE = "| ";

  private static final double MEGABYTE = 1 << 20;

  private MemoryProcess() {}

  /** The arguments: a row, for how many seconds, and how to call what the JVM was started with. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Row row = Row.valueOf(args[0]);
    long nanos = Long.parseLong(args[1]) * 1_000_000_000;
    LibraryRows.Preparation preparation = Library.GRADUS.load().of(row);
    if (preparation == null) {
      throw new IllegalArgumentException(row.label() + " is not measured within a process");
    }
    LibraryRows.Work work = preparation.prepare();
    long calls = 0;
    CollectionWatch watch = new CollectionWatch();
    try (watch) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < nanos) {
        work.run();
        calls++;
      }
      watch.finish();
    }
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    System.out.println("\n" + line(row.label(), args[2], calls, watch, used));
    System.exit(0);
  }

  static String line(String row, String jvm, long calls, CollectionWatch watch, long used) {
    StringBuilder after = new StringBuilder();
    for (long bytes : watch.afterCollections(4)) {
      after.append(after.isEmpty() ? "" : ", ");
      after.append(bytes < 0 ? "–" : String.format(Locale.ROOT, "%.0f", bytes / MEGABYTE));
    }
    return String.format(
        Locale.ROOT,
        LINE + "%s | %s | %,d | %d | %d | %.1f | %.1f | %.1f | %.0f | %s |",
        row,
        jvm,
        calls,
        watch.collections(),
        watch.fullCollections(),
        watch.pause(0.5),
        watch.pause(0.99),
        watch.pause(1),
        Math.max(used, watch.mostUsed()) / MEGABYTE,
        after);
  }
}
