package io.gradus.nn;

import io.gradus.Tensor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A warning about losses that broadcast: hardly ever is that what was meant. */
final class TargetSize {
  /** The losses that have. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private TargetSize() {}

  /** Says once for each loss that the shapes of an input and a target differ. */
  static void warnIfOther(String name, Tensor input, Tensor target) {
    if (!input.shape().equals(target.shape()) && WARNED.add(name)) {
      System.getLogger("io.gradus")
          .log(
              System.Logger.Level.WARNING,
              "[%s] Using a target size (%s) that is different to the input size (%s). This will likely lead to incorrect results due to broadcasting; reshape one of them. Said once only."
                  .formatted(name, target.shape(), input.shape()));
    }
  }
}
