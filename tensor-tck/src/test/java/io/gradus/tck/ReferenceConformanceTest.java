package io.gradus.tck;

import io.gradus.tck.reference.ReferenceDevice;

/** The definition passes its own suite. */
final class ReferenceConformanceTest extends BackendConformance {
  @Override
  protected Target target() {
    return new Target.Present(new ReferenceDevice());
  }
}
