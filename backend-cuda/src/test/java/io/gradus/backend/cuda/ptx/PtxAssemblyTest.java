package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tck.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the conformance suite makes the planner write, assembled for several architectures.
 *
 * <p>A sample by default; all with {@code -Dgradus.ptxas.all=true}.
 */
class PtxAssemblyTest {
  private static final int SAMPLE = 300;
  private static final Set<Suite> WITHOUT_KERNELS =
      EnumSet.of(Suite.MEMORY, Suite.LEAN, Suite.CONCURRENCY);
  private static final List<PtxSource> SOURCES = write();

  /** The texts to check. */
  static List<PtxSource> sources() {
    return SOURCES;
  }

  private static List<PtxSource> write() {
    PlanningDevice device = new PlanningDevice();
    for (Suite suite : EnumSet.complementOf(EnumSet.copyOf(WITHOUT_KERNELS))) {
      suite.cases().filter(c -> !c.id().contains("out-of-range")).forEach(c -> c.run(device));
    }
    List<PtxSource> all = new ArrayList<>(device.sources);
    Collections.shuffle(all, new Random(1));
    return Boolean.getBoolean("gradus.ptxas.all")
        ? all
        : all.subList(0, Math.min(SAMPLE, all.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sm_75", "sm_80", "sm_90"})
  @DisplayName("everything that the planner writes assembles")
  void assembles(String architecture) throws IOException {
    Optional<Assembler> assembler = Assembler.find();
    if (assembler.isEmpty()) {
      String notRun = "NOT RUN (no ptxas on this machine): PtxAssemblyTest " + architecture;
      System.out.println(notRun);
      Assumptions.abort(notRun);
    }
    assertFalse(SOURCES.isEmpty());
    assertEquals("", assembler.orElseThrow().assemble(SOURCES, architecture));
  }
}
