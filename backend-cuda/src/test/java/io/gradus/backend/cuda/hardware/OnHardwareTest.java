package io.gradus.backend.cuda.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.tensor.backend.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table for real GPUs, in small sizes on the stand-in. */
@Tag("standin")
class OnHardwareTest {
  private final StandIn standIn = StandIn.forTest(OnHardwareTest.class);

  @AfterEach
  void restore() {
    Tensor.setDefaultDevice(Device.cpu());
    assertEquals(List.of(), standIn.findings().take());
  }

  @Test
  @DisplayName("every row runs on cuda:0, beside what PyTorch said of it")
  void everyRow(@TempDir Path folder) throws IOException {
    Path peer = folder.resolve("peer.tsv");
    Files.writeString(peer, "2.13 on a GPU\nsoftmax\teager\t1.5\nmlp captured\tgraph\t2.5\n");
    Path table = folder.resolve("table.md");
    OnHardware.main(
        new String[] {
          "--small", "--only", "bench", "--peer", peer.toString(), "--markdown", table.toString()
        });
    String text = Files.readString(table);
    for (GpuRow row : new GpuRows(true).all()) {
      assertTrue(text.contains("\n| " + row.name() + " | "), text);
    }
    assertFalse(text.contains("failed"), text);
    assertTrue(text.contains("PyTorch: 2.13 on a GPU"), text);
    assertTrue(text.contains("| eager 1.5000 | "), text);
    assertTrue(text.contains("| graph 2.5000 | "), text);
  }
}
