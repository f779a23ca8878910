package io.gradus.backend.cuda.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StepTest {
  private static final PtxSource SOURCE = new PtxSource(".version 8.0", "k");

  @Test
  @DisplayName("a launch that the driver would refuse is refused where the operation is known")
  void refusedShapes() {
    String grid = refusal(1, 65536, 1, 1);
    assertTrue(grid.contains("[add] a grid of 1 x 65536 x 1"), grid);
    String block = refusal(1, 1, 32, 33);
    assertTrue(block.contains("[add] a block of 32 x 33 x 1"), block);
  }

  private static String refusal(int gridX, int gridY, int blockX, int blockY) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> new Step.Launch(SOURCE, gridX, gridY, 1, blockX, blockY, 1, 0, List.of(), "add"))
        .getMessage();
  }

  @Test
  @DisplayName("a text that would end NVIDIA's compiler is no source")
  void noVersion() {
    assertThrows(IllegalArgumentException.class, () -> new PtxSource(".visible .entry k()", "k"));
  }

  @Test
  @DisplayName("each argument has the size of its parameter")
  void sizes() {
    assertEquals(4, new Argument.I32(1).bytes());
    assertEquals(8, new Argument.Faults().bytes());
    assertEquals(4, new Argument.FaultTicket().bytes());
  }
}
