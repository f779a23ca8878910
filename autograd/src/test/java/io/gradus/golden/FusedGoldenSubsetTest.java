package io.gradus.golden;

import io.gradus.fusion.Fusion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The committed cases once more, with every pointwise operation fused, however small. */
class FusedGoldenSubsetTest extends GoldenSubsetTest {
  private static Fusion.Scope scope;

  @BeforeAll
  static void fuseEverything() {
    scope = Fusion.from(1);
  }

  @AfterAll
  static void asBefore() {
    scope.close();
  }
}
