package io.gradus.property;

import io.gradus.fusion.Fusion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ViewProgramTest {
  @Test
  @DisplayName("S5.1 random views and writes do to memory what a naive model does, one by one")
  void atOnce() {
    Cases.of(
        "views and writes",
        400,
        random -> {
          try (Fusion.Scope off = Fusion.off()) {
            new ViewProgram(random).run(40);
          }
        });
  }

  @Test
  @DisplayName("S5.1 random views and writes do to memory what a naive model does, fused")
  void fused() {
    Cases.of(
        "views and writes, fused",
        400,
        random -> {
          try (Fusion.Scope on = Fusion.from(1)) {
            new ViewProgram(random).run(40);
          }
        });
  }
}
