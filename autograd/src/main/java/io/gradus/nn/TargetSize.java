package io.gradus.nn;

import io.gradus.Tensor;
import java.util.concurrent.atomic.AtomicBoolean;

/** A warning about losses that broadcast: hardly ever is that what was meant. */
final class TargetSize {
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private TargetSize() {}

  /** Says once that the shapes of an input and a target differ. */
  static void warnIfOther(String name, Tensor input, Tensor target) {
    if (!input.shape().equals(target.shape()) && WARNED.compareAndSet(false, true)) {
      System.getLogger("io.gradus")
          .log(
              System.Logger.Level.WARNING,
              "["
                  + name
                  + "] Using a target size ("
                  + target.shape()
                  + ") that is different to the input size ("
                  + input.shape()
                  + "). This will likely lead to incorrect results due to broadcasting; reshape"
                  + " one of them. Said once only.");
    }
  }
}
