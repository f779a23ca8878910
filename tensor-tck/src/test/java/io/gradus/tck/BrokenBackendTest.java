package io.gradus.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A suite that nothing fails proves nothing. */
final class BrokenBackendTest {
  @ParameterizedTest
  @EnumSource(Defect.class)
  void everyDefectFailsTheSuiteAndIsNamed(Defect defect) {
    Device device = defect.device();
    Case failing = defect.suite.cases().filter(c -> fails(c, device)).findFirst().orElse(null);
    assertNotNull(failing, "the suite " + defect.suite + " does not notice " + defect);
    AssertionError error = assertThrows(AssertionError.class, () -> failing.run(device));
    assertTrue(
        String.valueOf(error.getMessage())
            .endsWith("rerun alone with -Dgradus.tck.case=" + failing.id()),
        error.getMessage());
    // The same case blames the defect and not the suite.
    failing.run(new ReferenceDevice());
  }

  private static boolean fails(Case c, Device device) {
    try {
      c.run(device);
      return false;
    } catch (AssertionError e) {
      return true;
    }
  }

  @Test
  void idsAreUnique() {
    List<String> ids = Stream.of(Suite.values()).flatMap(Suite::cases).map(Case::id).toList();
    assertEquals(ids.size(), ids.stream().distinct().count());
    assertFalse(ids.isEmpty());
  }

  @Test
  void anIdOrTheBeginningOfOneSelectsCases() {
    Case c = new Case("reduce/MAX/f32/DENSE", t -> {});
    String before = System.getProperty("gradus.tck.case");
    try {
      System.setProperty("gradus.tck.case", "reduce/MAX");
      assertTrue(c.isSelected());
      System.setProperty("gradus.tck.case", "reduce/MA");
      assertFalse(c.isSelected());
    } finally {
      if (before == null) {
        System.clearProperty("gradus.tck.case");
      } else {
        System.setProperty("gradus.tck.case", before);
      }
    }
  }
}
