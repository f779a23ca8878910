package io.gradus.data;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A wait in a flight recording. */
@Name("io.gradus.LoaderWait")
@Label("Loader Wait")
@Category({"Gradus", "Data"})
@Description("A training waited for its next batch, or loaded it itself")
final class LoaderWaitEvent extends Event {
  @Label("Batch")
  @Description("Number of the batch in its pass, from 0")
  long batch;

  @Label("Workers")
  @Description("0 if the batch was loaded by the thread that wanted it")
  int workers;

  @Label("Ready")
  @Description("Whether the batch was there already")
  boolean ready;
}
