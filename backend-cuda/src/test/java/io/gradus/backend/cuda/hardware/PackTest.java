package io.gradus.backend.cuda.hardware;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradus.backend.cuda.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one file that is carried to a machine with a GPU. */
@Tag("standin")
class PackTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  private record Ended(int status, String said) {}

  private static Ended run(Path folder, String options, String... command)
      throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().put("GRADUS_GPU_JDK", JDK.toString());
    builder
        .environment()
        .put(
            "GRADUS_GPU_CLASSES",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    builder.environment().put("GRADUS_JAVA_OPTS", options);
    int status = builder.start().waitFor();
    return new Ended(status, Files.readString(said, UTF_8));
  }

  @Test
  @DisplayName(
      "a packed runtime of less than 60 MB measures all rows, and says when there is no GPU")
  void packed(@TempDir Path folder) throws IOException, InterruptedException {
    StandIn.forTest(PackTest.class);
    assumeTrue(Files.isExecutable(JDK.resolve("bin/jlink")), "NOT RUN (no jlink): PackTest");
    String script = Path.of("on-hardware.sh").toAbsolutePath().toString();
    Ended packing = run(folder, "", script, "--pack", "gpu.tar.gz");
    assertEquals(0, packing.status(), packing.said());
    long size = Files.size(folder.resolve("gpu.tar.gz"));
    assertTrue(size < 60_000_000, "bytes: " + size);
    assertEquals(0, run(folder, "", "tar", "xzf", "gpu.tar.gz").status());

    Ended table = run(folder, "", "gradus-gpu/run.sh", "--only", "bench", "--small", "--stand-in");
    assertEquals(0, table.status(), table.said());
    List<String> lines = Files.readAllLines(folder.resolve("benchmarks-gpu.md"));
    for (GpuRow row : new GpuRows(true).all()) {
      assertEquals(
          1,
          lines.stream()
              .filter(l -> l.matches("\\| " + row.name() + " \\| [0-9.]+ \\| .*"))
              .count(),
          row.name());
    }

    Ended absent =
        run(folder, "-Dgradus.cuda.driver=/there/is/none", "gradus-gpu/run.sh", "--small");
    assertEquals(69, absent.status(), absent.said());
    assertTrue(absent.said().contains("NOT RUN (no cuda:0)"), absent.said());
  }
}
