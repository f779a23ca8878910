package io.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MissingGradTest {
  /** Reads gradients that are not there: twice of results, and of a leaf. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      Tensor x = Tensor.ones(2).requiresGrad_();
      System.out.println(x.grad());
      Tensor kept = x.mul(3);
      kept.retainGrad();
      System.out.println(kept.grad());
      System.err.println("now");
      Tensor y = x.mul(2);
      System.out.println(y.grad());
      System.out.println(y.mul(2).grad());
    }
  }

  @Test
  @DisplayName("S10.7 asking a result for its .grad gives nothing, and logs why once")
  void explainedOnce() throws Exception {
    // The explanation comes once a process, so it takes one of its own.
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    process.getInputStream().transferTo(text);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    String out = text.toString(StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), out);
    String said = "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed.";
    int first = out.indexOf(said);
    assertTrue(first > out.indexOf("now") && out.contains("retainGrad()"), out);
    assertEquals(first, out.lastIndexOf(said), out);
    assertEquals(4, out.lines().filter("null"::equals).count(), out);
  }
}
