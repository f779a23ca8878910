package io.gradus.backend.cuda.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cuda.emulator.Findings;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/**
 * Puts the stand-in under tests that know nothing of it: those of other modules, run with JUnit's
 * automatic detection of extensions. A test fails if the memory checker finds something.
 */
public final class StandInExtension
    implements BeforeAllCallback, AfterEachCallback, InvocationInterceptor {
  /** For JUnit. */
  public StandInExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    StandIn.forTest(context.getRequiredTestClass()).findings().take();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check();
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
      throws Throwable {
    invocation.proceed();
    check();
  }

  private static void check() {
    List<Findings.Finding> found = StandIn.forTest(StandInExtension.class).findings().take();
    assertEquals("[]", found.toString());
  }
}
