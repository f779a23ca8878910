package io.gradus.benchmarks.table;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the figures were measured on. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  private Machine() {}

  /** A Markdown list: processor, caches, JDK, flags, how, date. */
  public static String markdown(String effort, List<String> flags) {
    List<String> lines =
        List.of(
            "processor: "
                + processor()
                + ", "
                + Runtime.getRuntime().availableProcessors()
                + " cores",
            "caches: " + caches(),
            "memory: " + memory(),
            "system: " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
            "JDK: " + System.getProperty("java.vm.name") + " " + Runtime.version(),
            "flags: `" + String.join(" ", flags) + "`",
            "effort: " + effort,
            "date: " + LocalDate.now());
    return "- " + String.join("\n- ", lines) + "\n";
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(l -> l.startsWith("model name"))
          .map(l -> l.substring(l.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static String memory() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof com.sun.management.OperatingSystemMXBean known) {
      return (known.getTotalMemorySize() >> 30) + " GiB";
    }
    return "unknown";
  }

  private static String caches() {
    List<String> found = new ArrayList<>();
    for (int i = 0; Files.isDirectory(CACHES.resolve("index" + i)); i++) {
      Path cache = CACHES.resolve("index" + i);
      String type = read(cache.resolve("type"));
      if (!type.equals("Instruction")) {
        found.add("L" + read(cache.resolve("level")) + " " + read(cache.resolve("size")));
      }
    }
    return found.isEmpty() ? "unknown" : String.join(", ", found);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).trim();
    } catch (IOException e) {
      return "?";
    }
  }
}
