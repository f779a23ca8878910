package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.nn.loss.MSELoss;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TargetSizeTest {
  /** Losses of tensors of one shape, then of several shapes, twice. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      new MSELoss().call(Tensor.ones(4), Tensor.ones(4));
      System.err.println("now");
      new MSELoss().call(Tensor.ones(4, 1), Tensor.ones(4));
      new MSELoss().call(Tensor.ones(4, 1), Tensor.ones(4));
    }
  }

  @Test
  void broadcastTargetsAreWarnedAboutOnce() throws Exception {
    // The warning comes once a process, so it takes one of its own.
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
    String said =
        "[mse_loss] Using a target size ([4]) that is different to the input size ([4, 1])";
    int first = out.indexOf(said);
    assertTrue(first > out.indexOf("now"), out);
    assertEquals(first, out.lastIndexOf(said), out);
  }
}
