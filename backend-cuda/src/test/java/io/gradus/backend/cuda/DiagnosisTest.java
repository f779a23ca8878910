package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.tensor.backend.Backends;
import io.gradus.tensor.backend.Device;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code Backends.diagnose()} says in programs that lack something, each a process. */
class DiagnosisTest {
  private static final String NO_COMPILER = "NOT RUN (no C compiler)";
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  /**
   * Prints the diagnosis, and what the CPU computes with.
   *
   * <p>Arguments: GPUs, ten times their compute capability, the driver's version, and perhaps a
   * temporary folder.
   */
  static final class Program {
    public static void main(String[] args) {
      int[] numbers = Arrays.stream(args).limit(3).mapToInt(Integer::parseInt).toArray();
      StandIn.Options machine =
          new StandIn.Options(numbers[0], numbers[1], numbers[2], 2, 1L << 30, 0);
      if (StandIn.install(machine).isEmpty()) {
        System.out.println(NO_COMPILER);
        return;
      }
      if (args.length > 3) {
        System.setProperty("java.io.tmpdir", args[3]);
      }
      Backends.diagnose().stream()
          .map(Object::toString)
          .filter(line -> line.startsWith("cuda"))
          .forEach(System.out::println);
      System.out.println(Device.best());
    }
  }

  /** Runs it without the jars whose names hold a word. */
  private static List<String> diagnose(String lacking, String... machine)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseG1GC",
            "-Xmx256m",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED"));
    String classPath =
        Arrays.stream(CLASS_PATH.split(File.pathSeparator))
            .filter(part -> !Path.of(part).getFileName().toString().matches(lacking))
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", classPath, Program.class.getName()));
    command.addAll(List.of(machine));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assumeFalse(output.contains(NO_COMPILER), NO_COMPILER);
    return output.lines().filter(l -> !l.startsWith("WARNING: Using incubator")).toList();
  }

  @ParameterizedTest(name = "without {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing          | 2 | 80 | 12060 | available (CUDA 12.6, GPUs: 2)              | cuda:0
          jcuda-.*         | 2 | 80 | 12060 | JCuda is not on the class path; add org.jcuda:jcuda | cpu
          jcuda-natives.*  | 2 | 80 | 12060 | JCuda's native library for linux-x86_64 is not on the class path; add org.jcuda:jcuda-natives:12.6.0 with classifier linux-x86_64 | cpu
          nothing          | 0 | 80 | 12060 | the NVIDIA driver finds no GPU that this process may use; check nvidia-smi and CUDA_VISIBLE_DEVICES; start a container with --gpus all | cpu
          nothing          | 1 | 61 | 12060 | the GPU is too old: it has compute capability 6.1, and 7.0 is needed | cpu
          nothing          | 1 | 80 | 11080 | the NVIDIA driver is too old: it serves CUDA 11.8, and 12.0 is needed; install NVIDIA driver 525 or newer | cpu
          """)
  @DisplayName("what a program lacks is said, with what to do; the CPU serves without it")
  void missing(
      String lacking, String gpus, String capability, String version, String said, String best)
      throws IOException, InterruptedException {
    List<String> lines = diagnose(lacking, gpus, capability, version);
    assertTrue(lines.getFirst().contains(said), lines::toString);
    assertEquals(List.of(best), lines.subList(1, lines.size()), lines::toString);
  }

  @Test
  @DisplayName("a temporary folder that is not there keeps JCuda from loading, and is named")
  void noTemporaryFolder() throws IOException, InterruptedException {
    List<String> lines = diagnose("nothing", "1", "80", "12060", "/there/is/none");
    assertTrue(
        lines.getFirst().contains("JCuda's native library does not load ("), lines::toString);
    assertTrue(lines.getFirst().contains("/there/is/none"), lines::toString);
    assertTrue(lines.getFirst().contains("-Djava.io.tmpdir"), lines::toString);
  }
}
