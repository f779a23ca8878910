package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.kernel.Kernel;
import java.util.LinkedHashSet;
import java.util.Set;

/** Plans every kernel and keeps the texts; the results are the reference device's. */
final class PlanningDevice extends ReferenceDevice {
  static final DeviceTraits TRAITS = new DeviceTraits(80, 4, 48 << 10, 32);

  final Planner planner;
  final Set<PtxSource> sources = new LinkedHashSet<>();

  PlanningDevice(Planner planner) {
    this.planner = planner;
  }

  @Override
  public boolean supports(Kernel kernel) {
    return planner.supports(kernel);
  }

  @Override
  public void run(Kernel kernel) {
    Plan plan = planner.plan(kernel, TRAITS);
    for (Step step : plan.steps()) {
      if (step instanceof Step.Launch launch) {
        sources.add(launch.source());
      }
    }
    super.run(kernel);
  }
}
