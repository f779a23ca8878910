package io.gradus.golden;

import io.gradus.fusion.Fusion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The committed cases once more, each call in a scope: whatever it gives back that it should not
 * have is missing afterwards. With everything fused, so that results wait when scopes end.
 */
class ScopedGoldenSubsetTest extends GoldenSubsetTest {
  private static Fusion.Scope scope;

  @BeforeAll
  static void scopeEverything() {
    scope = Fusion.from(1);
    Scopes.use(true);
  }

  @AfterAll
  static void asBefore() {
    Scopes.use(false);
    scope.close();
  }
}
