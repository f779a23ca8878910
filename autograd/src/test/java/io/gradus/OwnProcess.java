package io.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs a program in a process of its own, for what happens once a process. */
public final class OwnProcess {
  private OwnProcess() {}

  /** What the program prints and logs; it has to end well. */
  public static String output(Class<?> program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .redirectErrorStream(true)
            .start();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    process.getInputStream().transferTo(text);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    String out = text.toString(StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), out);
    return out;
  }
}
