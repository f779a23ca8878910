package io.gradus.tck;

import io.gradus.tensor.backend.Device;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What every backend must pass: extend it, give a device, and run it as a JUnit test.
 *
 * <p>A failure prints the id of its case; {@code -Dgradus.tck.case=ID} runs that one (or all whose
 * ids begin with it and a slash), {@code -Dgradus.tck.seed=N} draws other numbers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendConformance {
  /** For subclasses. */
  protected BackendConformance() {}

  /** The device to test, or why there is none. */
  protected abstract Target target();

  /** Whether to run a subject; one that is left out is shown as skipped, never as passed. */
  protected boolean includes(Suite suite) {
    return true;
  }

  private Device device() {
    return switch (target()) {
      case Target.Present p -> p.device();
      case Target.Absent a -> {
        String notRun = "NOT RUN (" + a.reason() + "): " + getClass().getSimpleName();
        System.out.println(notRun);
        yield Assumptions.abort(notRun);
      }
    };
  }

  /** Says so where the device is absent, and skips the class. */
  @BeforeAll
  final void presence() {
    String name = device().description();
    System.out.println(getClass().getSimpleName() + " runs on " + name);
  }

  /** All cases, one container a subject. */
  @TestFactory
  final Stream<DynamicContainer> conformance() {
    Device device = device();
    return Stream.of(Suite.values())
        .map(s -> DynamicContainer.dynamicContainer(s.name(), tests(s, device)));
  }

  private Stream<DynamicTest> tests(Suite suite, Device device) {
    if (!includes(suite)) {
      String notRun = "NOT RUN (left out of " + getClass().getSimpleName() + "): " + suite;
      System.out.println(notRun);
      return Stream.of(
          DynamicTest.dynamicTest(suite + " not run", () -> Assumptions.abort(notRun)));
    }
    return suite
        .cases()
        .filter(Case::isSelected)
        .map(c -> DynamicTest.dynamicTest(c.id(), () -> c.run(device)));
  }
}
