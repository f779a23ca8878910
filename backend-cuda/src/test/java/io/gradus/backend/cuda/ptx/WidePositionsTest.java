package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.tck.Case;
import io.gradus.tck.Suite;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The texts for tensors of more than 2^31 elements, on small ones; blocks and warps run in shuffled
 * order.
 */
class WidePositionsTest {
  private static final EnumSet<Suite> SUITES =
      EnumSet.of(
          Suite.POINTWISE,
          Suite.REDUCE,
          Suite.ROWS,
          Suite.SCAN,
          Suite.SORT,
          Suite.CONTRACT,
          Suite.INDEX,
          Suite.OPTIONAL);

  /** Of the cases of a suite, every so many. */
  private static final int STRIDE = 23;

  private final EmulatedDevice device =
      new EmulatedDevice(new Planner(new Sources(true, false, false)), 7);

  @TestFactory
  Stream<DynamicTest> sameResults() {
    return SUITES.stream()
        .map(
            suite -> DynamicTest.dynamicTest(suite + " with 64-bit positions", () -> check(suite)));
  }

  private void check(Suite suite) {
    List<Case> all = suite.cases().toList();
    for (int i = 0; i < all.size(); i += STRIDE) {
      all.get(i).run(device);
    }
    assertEquals(List.of(), device.findings.take());
  }

  @AfterEach
  void nothingIsWrong() {
    assertEquals(List.of(), device.findings.take());
  }
}
