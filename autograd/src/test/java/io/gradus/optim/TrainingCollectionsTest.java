package io.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.Tensor;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Memory of gradients comes back when they are dropped. If it had to be found by the garbage
 * collector, G1 would need full collections, which stop a program for tens of milliseconds.
 */
class TrainingCollectionsTest {
  private static final int SIZE = 2_000_000;

  /** Their gradients have 2.4 GB. */
  private static final int STEPS = 300;

  /** Trains in a process of its own, and says how many full collections G1 needed. */
  public static void main(String[] args) {
    Tensor weight = Tensor.ones(SIZE).requiresGrad_();
    RMSprop optimizer = new RMSprop(List.of(weight), 0.001);
    Tensor direction = Tensor.ones(SIZE);
    for (int i = 0; i < STEPS; i++) {
      optimizer.zeroGrad();
      weight.dot(direction).backward();
      optimizer.step();
    }
    long full =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(b -> b.getName().equals("G1 Old Generation"))
            .mapToLong(GarbageCollectorMXBean::getCollectionCount)
            .sum();
    System.out.println("full collections: " + full);
  }

  @Test
  void trainingNeedsNoFullCollectionOnG1() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseG1GC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    TrainingCollectionsTest.class.getName()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("full collections: 0", output.strip());
    assertEquals(0, process.waitFor());
  }
}
