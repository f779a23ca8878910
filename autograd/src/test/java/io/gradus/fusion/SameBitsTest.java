package io.gradus.fusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SameBitsTest {
  private static final int PROGRAMS = Integer.getInteger("gradus.fusion.programs", 150);
  private static final int STEPS = 40;

  @Test
  @DisplayName("S6.8 random programs give the same bits and the same errors, fused or not")
  void randomPrograms() {
    for (long seed = 0; seed < PROGRAMS; seed++) {
      List<String> eager;
      List<String> fused;
      try (Fusion.Scope off = Fusion.off()) {
        eager = RandomProgram.run(seed, STEPS);
      }
      try (Fusion.Scope on = Fusion.from(1)) {
        fused = RandomProgram.run(seed, STEPS);
      }
      assertEquals(eager.size(), fused.size(), "seed " + seed);
      for (int i = 0; i < eager.size(); i++) {
        assertEquals(eager.get(i), fused.get(i), "seed " + seed + ", result " + i);
      }
    }
  }
}
