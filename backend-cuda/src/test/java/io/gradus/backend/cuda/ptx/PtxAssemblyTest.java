package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tck.Case;
import io.gradus.tck.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the conformance suite makes the planner write, assembled for several architectures: a sample
 * of it, a sample of sorts by digits, and all products on tensor cores; {@link PtxCompilerTest}
 * compiles all of it.
 */
class PtxAssemblyTest {
  private static final int SAMPLE = 300;
  private static final Set<Suite> WITHOUT_KERNELS =
      EnumSet.of(Suite.MEMORY, Suite.LEAN, Suite.CONCURRENCY);
  private static final List<PtxSource> ALL = write();

  /** All texts that an architecture, as {@code sm_80}, can run. */
  static List<PtxSource> sources(String architecture) {
    return ALL.stream().filter(s -> target(s.text()).compareTo(architecture) <= 0).toList();
  }

  private static String target(String text) {
    int at = text.indexOf(".target ") + ".target ".length();
    return text.substring(at, at + "sm_80".length());
  }

  private static List<PtxSource> write() {
    PlanningDevice device = new PlanningDevice(new Planner(false));
    for (Suite suite : EnumSet.complementOf(EnumSet.copyOf(WITHOUT_KERNELS))) {
      suite.cases().filter(c -> !c.id().contains("out-of-range")).forEach(c -> c.run(device));
    }
    List<PtxSource> some = new ArrayList<>(device.sources);
    Collections.shuffle(some, new Random(1));
    Set<PtxSource> all = new LinkedHashSet<>(TensorTexts.all());
    all.addAll(digitSorts());
    all.addAll(some);
    return List.copyOf(all);
  }

  /** The sorts of long lines: the conformance suite's are too short for them. */
  private static Set<PtxSource> digitSorts() {
    Set<PtxSource> all = new LinkedHashSet<>();
    for (boolean wide : new boolean[] {false, true}) {
      PlanningDevice device = new PlanningDevice(new Planner(new Sources(wide, true, false)));
      List<Case> cases = Suite.SORT.cases().toList();
      for (int i = 0; i < cases.size(); i += wide ? 16 : 4) {
        cases.get(i).run(device);
      }
      all.addAll(device.sources);
    }
    return all;
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
    List<PtxSource> sources = sources(architecture);
    assertFalse(sources.isEmpty());
    List<PtxSource> some = sources.subList(0, Math.min(SAMPLE, sources.size()));
    assertEquals("", assembler.orElseThrow().assemble(some, architecture));
  }
}
