package io.gradus.golden;

import io.gradus.fusion.Fusion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The programs of in-place operations once more, every pointwise operation fused. */
class FusedInplaceAutogradTest extends InplaceAutogradTest {
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
