package io.gradus.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class YoungCollectionTest {
  /** Says whether a collection took place, and whether an unreachable object was found by it. */
  public static void main(String[] args) {
    WeakReference<Object> unreachable = new WeakReference<>(new Object());
    boolean first = YoungCollection.run();
    System.out.println(first + " " + unreachable.refersTo(null) + " " + YoungCollection.run());
  }

  @Test
  @DisplayName("a small young generation is collected by filling it")
  void small() throws IOException, InterruptedException {
    assertEquals("true true true", answer("-XX:+UseSerialGC", "-Xmn16m", "-Xmx256m"));
  }

  @Test
  @DisplayName("a large young generation is left alone")
  void large() throws IOException, InterruptedException {
    assertEquals("false false false", answer("-XX:+UseSerialGC", "-Xmn256m", "-Xmx512m"));
  }

  private static String answer(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(YoungCollectionTest.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return output;
  }
}
