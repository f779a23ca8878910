package io.gradus.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTrainingTest {
  /** A process each: few by default, more with {@code -Pkills}. */
  private static final int KILLS = Integer.getInteger("gradus.kills", 2);

  private static final int MOST_STEPS_A_LIFE = 4;

  @TempDir Path folder;

  @Test
  @DisplayName("S12.4 a process that is killed again and again ends with the same parameters")
  void killedProcessesGoOnExactly() throws IOException {
    String whole = run(true, Integer.MAX_VALUE);
    assertNotNull(whole);
    String file = folder.resolve("run.safetensors").toString();
    Random random = new Random(7);
    for (int i = 0; i < KILLS; i++) {
      int steps = 1 + random.nextInt(MOST_STEPS_A_LIFE);
      assertEquals(null, run(true, steps, file, "1"), "it was killed after " + steps + " steps");
      assertTrue(Files.exists(Path.of(file)));
    }
    assertEquals(whole, run(true, Integer.MAX_VALUE, file, "1"));
    try (var left = Files.list(folder)) {
      assertTrue(left.anyMatch(f -> f.endsWith("run.safetensors")));
    }
  }

  @Test
  @DisplayName("S12.4 a process that is asked to end saves the step it is at")
  void endedProcessesSaveThemselves() throws IOException {
    Path file = folder.resolve("run.safetensors");
    String never = "1000000";
    assertEquals(null, run(false, 3, file.toString(), never));
    assertTrue(Files.exists(file));
    assertEquals(
        run(true, Integer.MAX_VALUE), run(true, Integer.MAX_VALUE, file.toString(), never));
  }

  /** What the process says of its parameters; null if it was killed after so many steps. */
  private static @Nullable String run(boolean forcibly, int steps, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(KilledTraining.class.getName());
    command.addAll(List.of(args));
    // It may go on for a few steps while this process makes up its mind.
    command.add(String.valueOf(steps == Integer.MAX_VALUE ? steps : steps + 2));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader()) {
      int seen = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("parameters ")) {
          return line;
        }
        if (++seen == steps) {
          return null;
        }
      }
      return "it ended by itself";
    } finally {
      if (!forcibly) {
        process.destroy();
        process.onExit().join();
      }
      process.destroyForcibly().onExit().join();
    }
  }
}
