package io.gradus.train;

import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;

/**
 * All passes of a training.
 *
 * @param epochs in order
 */
public record History(List<EpochResult> epochs) {
  /**
   * One value over the epochs, to draw it.
   *
   * @throws InvalidArgumentException if an epoch has no value of the name
   */
  public double[] values(String name) {
    return epochs.stream().mapToDouble(e -> value(e, name)).toArray();
  }

  static double value(EpochResult epoch, String name) {
    Double value = epoch.values().get(name);
    if (value == null) {
      throw new InvalidArgumentException(
          "[Trainer] there is no value '%s'; there are %s"
              .formatted(name, epoch.values().keySet()));
    }
    return value;
  }
}
