package io.gradus;

import io.gradus.fusion.Fusion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The rows of S10 once more, with every pointwise operation fused, however small. */
class FusedAutogradTest extends AutogradTest {
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
