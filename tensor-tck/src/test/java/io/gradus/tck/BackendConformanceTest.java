package io.gradus.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** How JUnit shows a suite that fails, and one that cannot run. */
final class BackendConformanceTest {
  static final class Absent extends BackendConformance {
    @Override
    protected Target target() {
      return new Target.Absent("no such device in this machine");
    }
  }

  static final class Unstable extends BackendConformance {
    @Override
    protected Target target() {
      return new Target.Present(Defect.UNSTABLE_SORT.device());
    }

    @Override
    protected boolean includes(Suite suite) {
      return suite == Suite.SORT;
    }
  }

  @Test
  void anAbsentDeviceSaysSoAndIsSkippedAndNotPassed() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    TestExecutionSummary summary;
    try {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      summary = run(Absent.class);
    } finally {
      System.setOut(before);
    }
    String out = printed.toString(StandardCharsets.UTF_8);
    assertTrue(out.contains("NOT RUN (no such device in this machine)"), out);
    assertEquals(0, summary.getTestsSucceededCount());
    assertEquals(1, summary.getContainersAbortedCount());
  }

  @Test
  void aBrokenDeviceFailsAndTheRestPasses() {
    TestExecutionSummary summary = run(Unstable.class);
    assertTrue(summary.getTestsFailedCount() > 0);
    assertTrue(summary.getTestsSucceededCount() > 0);
    assertTrue(
        summary.getFailures().stream()
            .allMatch(
                f ->
                    String.valueOf(f.getException().getMessage())
                        .contains("-Dgradus.tck.case=sort/")));
  }

  private static TestExecutionSummary run(Class<?> suite) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(suite))
                .build(),
            listener);
    return listener.getSummary();
  }
}
