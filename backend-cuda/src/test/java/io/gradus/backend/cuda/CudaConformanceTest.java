package io.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.backend.cuda.standin.StandIn;
import io.gradus.tck.BackendConformance;
import io.gradus.tck.Target;
import io.gradus.tensor.backend.Device;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The suite that every backend must pass, on {@code cuda:0} with the stand-in as its driver. */
@Tag("standin")
@Tag("conformance")
class CudaConformanceTest extends BackendConformance {
  private final StandIn standIn = StandIn.forTest(CudaConformanceTest.class);

  @Override
  protected Target target() {
    return new Target.Present(Device.cuda(0));
  }

  @AfterAll
  void memoryCheckerFindsNothing() {
    Device.cuda(0).synchronize();
    assertEquals("[]", standIn.findings().take().toString());
  }
}
