package io.gradus.tensor.watch;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in a flight recording. Short ones are left out unless the recording asks for them: there
 * are millions, and each would take longer to record than to run.
 */
@Name("io.gradus.Kernel")
@Label("Kernel")
@Category({"Gradus", "Kernels"})
@Description("A device ran a kernel, or queued it")
@Threshold("100 us")
final class KernelEvent extends Event {
  @Label("Device")
  @Nullable String device;

  @Label("Kernel")
  @Nullable String kernel;

  @Label("Elements")
  @Description("Positions that were computed")
  long elements;

  @Label("Bytes")
  @Description("What was read and written, repeated elements counted once")
  @DataAmount
  long bytes;
}
