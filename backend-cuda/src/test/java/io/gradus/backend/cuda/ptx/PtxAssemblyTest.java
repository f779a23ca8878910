package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tck.Case;
import io.gradus.tck.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the conformance suite makes the planner write, a sample of sorts by digits, and all products
 * on tensor cores: every form of instruction among them, assembled for several architectures;
 * {@link PtxCompilerTest} compiles all of it.
 */
class PtxAssemblyTest {
  private static final Set<Suite> WITHOUT_KERNELS =
      EnumSet.of(Suite.MEMORY, Suite.LEAN, Suite.CONCURRENCY);
  private static final List<PtxSource> ALL = write();

  /**
   * What an architecture, as {@code sm_80}, has to show: all texts that are written for it, and of
   * those for older ones so many that every form of instruction is there.
   */
  static List<PtxSource> sources(String architecture) {
    List<PtxSource> some = new ArrayList<>(runnable(architecture));
    some.removeIf(s -> target(s.text()).equals(architecture));
    some = InstructionForms.cover(some);
    ALL.stream().filter(s -> target(s.text()).equals(architecture)).forEach(some::add);
    return some;
  }

  private static List<PtxSource> runnable(String architecture) {
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
    Set<PtxSource> all = new LinkedHashSet<>(TensorTexts.all());
    all.addAll(digitSorts());
    all.addAll(device.sources);
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
  @DisplayName("every form of instruction that the planner writes assembles")
  void assembles(String architecture) throws IOException {
    Optional<Assembler> assembler = Assembler.find();
    if (assembler.isEmpty()) {
      String notRun = "NOT RUN (no ptxas on this machine): PtxAssemblyTest " + architecture;
      System.out.println(notRun);
      Assumptions.abort(notRun);
    }
    List<PtxSource> sources = InstructionForms.cover(runnable(architecture));
    assertFalse(sources.isEmpty());
    assertEquals("", assembler.orElseThrow().assemble(sources, architecture));
  }
}
