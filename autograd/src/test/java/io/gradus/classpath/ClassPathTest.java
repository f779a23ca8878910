package io.gradus.classpath;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a program sees of the backends depends on its class path alone. */
class ClassPathTest {
  private static final List<String> VECTOR = List.of("--add-modules", "jdk.incubator.vector");

  private record Answer(String out, String err) {}

  @Test
  @DisplayName("S11.1 without a backend the first tensor says which artifact to add")
  void noBackend() throws Exception {
    String out = run(FirstTensor.class, VECTOR).out;
    assertTrue(out.contains("io.gradus:backend-cpu"), out);
  }

  @Test
  @DisplayName("S11.1 plain Java trains with just autograd and backend-cpu")
  void plainJava() throws Exception {
    assertEquals("2.000 1.000", run(TrainLine.class, VECTOR, "backend-cpu").out.strip());
  }

  @Test
  @DisplayName("S11.1 of two providers of the CPU the priority decides, and a property overrides")
  void twoProviders() throws Exception {
    String best = run(FirstTensor.class, VECTOR, "backend-cpu", "tensor-tck").out;
    assertTrue(best.startsWith("8.0 on ") && !best.contains("reference"), best);
    String other =
        run(
                FirstTensor.class,
                List.of("-Dgradus.backend.cpu=reference"),
                "backend-cpu",
                "tensor-tck")
            .out;
    assertEquals("8.0 on reference", other.strip());
    String wrong =
        run(FirstTensor.class, List.of("-Dgradus.backend.cpu=nosuch"), "backend-cpu").out;
    assertTrue(wrong.contains("No backend named 'nosuch'") && wrong.contains("cpu"), wrong);
  }

  @Test
  @DisplayName("without the Vector API module everything works, and one line names the flag")
  void noVectorModule() throws Exception {
    Answer answer = run(TrainLine.class, List.of(), "backend-cpu");
    assertEquals("2.000 1.000", answer.out.strip());
    long lines =
        answer.err.lines().filter(l -> l.contains("--add-modules jdk.incubator.vector")).count();
    assertEquals(1, lines, answer.err);
  }

  /** Runs a class of this package with autograd and the named modules. */
  private static Answer run(Class<?> main, List<String> flags, String... modules)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(classPath(modules));
    command.add(main.getName());
    Process process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    assertEquals(0, process.exitValue(), err);
    return new Answer(out, err);
  }

  private static String classPath(String... modules) {
    List<String> entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(e -> isWanted(Path.of(e), modules))
            .toList();
    for (String module : modules) {
      assertFalse(
          entries.stream().noneMatch(e -> e.contains(module)), "not on the class path: " + module);
    }
    return entries.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isWanted(Path entry, String... modules) {
    for (Path part : entry) {
      String name = part.toString();
      for (String module : modules) {
        if (name.startsWith(module)) {
          return true;
        }
      }
    }
    String path = entry.toString();
    boolean other = path.contains("backend-") || path.contains("tensor-tck");
    return !other && (path.contains("autograd") || path.contains("tensor-api"));
  }
}
