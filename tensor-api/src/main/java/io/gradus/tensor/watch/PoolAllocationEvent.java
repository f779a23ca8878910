package io.gradus.tensor.watch;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** A large block of memory in a flight recording; its duration tells of waits for the collector. */
@Name("io.gradus.PoolAllocation")
@Label("Pool Allocation")
@Category({"Gradus", "Memory"})
@Description("A device took memory for a large tensor from its pool")
final class PoolAllocationEvent extends Event {
  @Label("Device")
  @Nullable String device;

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Recycled")
  @Description("Whether the memory had been used before, and did not have to be made")
  boolean recycled;
}
