package io.gradus.profile;

import java.util.List;
import java.util.Locale;

/** A profile as text. */
final class ProfileTable {
  private static final double MILLI = 1e6;
  private static final double MICRO = 1e3;
  private static final double PERCENT = 100;
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final int UNIT = 1000;

  private ProfileTable() {}

  static String of(Profile profile, int rows) {
    StringBuilder text = new StringBuilder();
    List<KernelCost> shown = profile.kernels().subList(0, Math.min(rows, size(profile)));
    int operation = "operation".length();
    int kernel = "kernel".length();
    for (KernelCost k : shown) {
      operation = Math.max(operation, k.operation().length());
      kernel = Math.max(kernel, k.kernel().length());
    }
    String columns =
        "%%-%ds  %%-%ds  %%8s  %%10s  %%6s  %%10s  %%9s%%n".formatted(operation, kernel);
    line(text, columns, "operation", "kernel", "calls", "total ms", "%", "mean us", "bytes");
    long all = profile.kernelNanos();
    for (KernelCost k : shown) {
      line(
          text,
          columns,
          k.operation(),
          k.kernel(),
          k.calls(),
          number(k.nanos() / MILLI),
          number(PERCENT * k.nanos() / Math.max(all, 1)),
          number(k.meanNanos() / MICRO),
          bytes(k.bytes()));
    }
    if (shown.size() < size(profile)) {
      line(text, "… and %d more%n", size(profile) - shown.size());
    }
    regions(text, profile);
    line(
        text, "%nkernels %s ms of %s ms", number(all / MILLI), number(profile.wallNanos() / MILLI));
    MemoryCost m = profile.memory();
    if (m.blocks() > 0) {
      line(
          text,
          "; %d large blocks of memory, %d of them recycled, %s in %s ms",
          m.blocks(),
          m.recycled(),
          bytes(m.bytes()),
          number(m.nanos() / MILLI));
    }
    return text.append(System.lineSeparator()).toString();
  }

  private static int size(Profile profile) {
    return profile.kernels().size();
  }

  /** Those of nodes are in the table of kernels already. */
  private static void regions(StringBuilder text, Profile profile) {
    List<RegionCost> shown =
        profile.regions().stream().filter(r -> r.kind() != Region.Kind.BACKWARD).toList();
    if (shown.isEmpty()) {
      return;
    }
    int width = "region".length();
    for (RegionCost r : shown) {
      width = Math.max(width, r.name().length());
    }
    String columns = "%%-%ds  %%8s  %%10s%%n".formatted(width);
    text.append(System.lineSeparator());
    line(text, columns, "region", "calls", "total ms");
    for (RegionCost r : shown) {
      line(text, columns, r.name(), r.calls(), number(r.nanos() / MILLI));
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < UNIT / 10 ? "%.2f" : "%.0f", value);
  }

  private static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= UNIT && unit < UNITS.length - 1) {
      value /= UNIT;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }
}
