package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.tck.BackendConformance;
import io.gradus.tck.Suite;
import io.gradus.tck.Target;
import io.gradus.tensor.backend.Device;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The suite that every backend must pass, on {@code cuda:0} with the stand-in as its driver. */
@Tag("standin")
@Tag("conformance")
class CudaConformanceTest extends BackendConformance {
  /** Subjects that need kernels which do not exist yet. */
  private static final Set<Suite> LATER =
      EnumSet.of(
          Suite.POINTWISE,
          Suite.SPECIAL_VALUES,
          Suite.PROGRAMS,
          Suite.LEAN,
          Suite.ROWS,
          Suite.SCAN,
          Suite.SORT,
          Suite.CONCURRENCY);

  private final StandIn standIn = StandIn.forTest(CudaConformanceTest.class);

  @Override
  protected Target target() {
    return new Target.Present(Device.cuda(0));
  }

  @Override
  protected boolean includes(Suite suite) {
    return !LATER.contains(suite);
  }

  @AfterAll
  void memoryCheckerFindsNothing() {
    Device.cuda(0).synchronize();
    assertEquals("[]", standIn.findings().take().toString());
  }
}
