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
    check(context);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
      throws Throwable {
    invocation.proceed();
    check(context);
  }

  private static void check(ExtensionContext context) {
    List<Findings.Finding> found = StandIn.forTest(StandInExtension.class).findings().take();
    // A refused gather writes nothing, and what was to come after it reads that.
    boolean refusals = isOf(context, "errors");
    List<Findings.Finding> wrong =
        found.stream().filter(f -> !refusals || f.kind() != Findings.Kind.UNINITIALISED).toList();
    assertEquals("[]", wrong.toString());
  }

  /** Whether a test comes from a method of that name, perhaps as one of many. */
  private static boolean isOf(ExtensionContext context, String method) {
    return context.getTestMethod().filter(m -> m.getName().equals(method)).isPresent()
        || context.getParent().filter(parent -> isOf(parent, method)).isPresent();
  }
}
