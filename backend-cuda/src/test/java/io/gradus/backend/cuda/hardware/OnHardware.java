package io.gradus.backend.cuda.hardware;

import io.gradus.Tensor;
import io.gradus.backend.cuda.CudaDevice;
import io.gradus.tck.Case;
import io.gradus.tck.Suite;
import io.gradus.tensor.backend.BackendProvider.Probe;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Conformance and speed of {@code cuda:0}, whatever driver is behind it.
 *
 * <pre>OnHardware [--small] [--peer FILE] [--markdown FILE] [--device NAME] [--only tck|bench]
 * </pre>
 *
 * <p>Ends with 0 if all is well, 1 if a case or a row failed, 69 if there is no such device.
 */
public final class OnHardware {
  private static final int ABSENT = 69;
  private static final int SHOWN = 40;

  private final Map<String, String> options = new HashMap<>();
  private final List<String> report = new ArrayList<>();

  private OnHardware(String[] args) {
    for (int i = 0; i < args.length; i++) {
      options.put(args[i], args[i].equals("--small") ? "" : args[++i]);
    }
  }

  /** See the class. */
  public static void main(String[] args) throws IOException {
    int status = new OnHardware(args).run();
    if (status != 0) {
      System.exit(status);
    }
  }

  private int run() throws IOException {
    Backends.diagnose().forEach(System.out::println);
    String name = options.getOrDefault("--device", "cuda:0");
    if (Backends.diagnose().stream()
        .noneMatch(d -> name.startsWith(d.deviceType()) && d.probe() instanceof Probe.Available)) {
      System.out.println("NOT RUN (no " + name + "): the lines above say why");
      return ABSENT;
    }
    Device device = Device.of(name);
    Tensor.setDefaultDevice(device);
    say("Device: " + device.description());
    if (device instanceof CudaDevice cuda) {
      say("Products: " + cuda.matrixProducts());
      say("Convolutions: " + cuda.convolutions());
    }
    say("Java: %s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()));
    String only = options.getOrDefault("--only", "");
    int failed = only.equals("bench") ? 0 : conformance(device);
    if (!only.equals("tck")) {
      failed += speeds(device);
    }
    String file = options.get("--markdown");
    if (file != null) {
      Files.writeString(
          Path.of(file),
          """
          # Benchmarks on a GPU

          Made by `./gradus bench --device`; [what it does](cuda.md#measure-a-gpu).

          """
              + String.join("\n", report)
              + "\n");
    }
    return failed == 0 ? 0 : 1;
  }

  private void say(String line) {
    System.out.println(line);
    report.add(line.startsWith("|") || line.isEmpty() ? line : "- " + line);
  }

  private int conformance(Device device) {
    int ran = 0;
    List<String> failures = new ArrayList<>();
    long start = System.nanoTime();
    for (Suite suite : Suite.values()) {
      for (Case c : (Iterable<Case>) suite.cases()::iterator) {
        ran++;
        try {
          c.run(device);
        } catch (Throwable e) { // Assertions too: the others are to be run all the same.
          failures.add(c.id() + ": " + e.toString().lines().findFirst().orElse(""));
        }
      }
      System.out.println("conformance: " + suite + " done, " + failures.size() + " failures");
    }
    say(
        "Conformance suite: %,d cases, %d failures, %d s"
            .formatted(ran, failures.size(), (System.nanoTime() - start) / 1_000_000_000));
    failures.stream().limit(SHOWN).forEach(this::say);
    return failures.size();
  }

  /** The number of rows that failed. */
  private int speeds(Device device) throws IOException {
    Map<String, Map<String, Double>> peers = peers();
    boolean small = options.containsKey("--small");
    if (small) {
      say("Small sizes: the figures mean nothing but that all of it runs.");
    }
    if (peers.isEmpty()) {
      say("PyTorch was not at hand: Gradus alone.");
    }
    say("");
    say("| row | Gradus, ms | rate | PyTorch, ms | Gradus is faster by | goal |");
    say("|---|---|---|---|---|---|");
    double copy = 0;
    int failed = 0;
    for (GpuRow row : new GpuRows(small).all()) {
      Map<String, Double> said = peers.getOrDefault(row.name(), Map.of());
      try {
        double took = GpuRows.measure(row, device, small);
        copy = row.name().equals("copy") ? row.work() / took : copy;
        String share =
            row.unit() == GpuRow.Unit.BYTES
                ? " (%.0f %% of copy)".formatted(100 * row.work() / took / copy)
                : "";
        say(line(row, "%.4f".formatted(took), row.rate(took) + share, took, said));
      } catch (RuntimeException e) { // The other rows are to be measured all the same.
        failed++;
        say(line(row, "failed: " + e.getMessage(), "", 0, said));
      }
    }
    return failed;
  }

  private static String line(
      GpuRow row, String ours, String rate, double took, Map<String, Double> peers) {
    StringBuilder theirs = new StringBuilder();
    StringBuilder ratio = new StringBuilder();
    for (Map.Entry<String, Double> peer : peers.entrySet()) {
      theirs.append("%s %.4f ".formatted(peer.getKey(), peer.getValue()));
      ratio.append(took == 0 ? "" : "%.2fx ".formatted(peer.getValue() / took));
    }
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            row.name(),
            ours,
            rate,
            theirs.toString().strip(),
            ratio.toString().strip(),
            row.goal());
  }

  /** Lines {@code row TAB mode TAB milliseconds}; others are told as they are. */
  private Map<String, Map<String, Double>> peers() throws IOException {
    Map<String, Map<String, Double>> found = new HashMap<>();
    @Nullable String file = options.get("--peer");
    if (file != null) {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] parts = line.split("\t", -1);
        if (parts.length == 3) {
          found
              .computeIfAbsent(parts[0], _ -> new TreeMap<>())
              .put(parts[1], Double.parseDouble(parts[2]));
        } else if (!line.isBlank()) {
          say("PyTorch: " + line);
        }
      }
    }
    return found;
  }
}
