package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A change of one tensor of a sample; may be used by several threads at once.
 *
 * <pre>{@code
 * Transform augment =
 *     Transform.of(new RandomCrop(28, 28, 2), new RandomHorizontalFlip(0.5));
 * Dataset<List<Tensor>> augmented = set.map(augment.on(0));
 * }</pre>
 */
@FunctionalInterface
public interface Transform {
  /**
   * The changed tensor; the one given stays as it is.
   *
   * @param random where all random numbers come from
   */
  Tensor apply(Tensor x, Generator random);

  /** One after another. */
  static Transform of(Transform... steps) {
    List<Transform> all = List.of(steps);
    return (x, random) -> {
      Tensor y = x;
      for (Transform step : all) {
        y = step.apply(y, random);
      }
      return y;
    };
  }

  /**
   * For samples of several tensors, such as image and label: the one at an index is changed.
   *
   * @throws InvalidArgumentException for a negative index, and later for samples that have none at
   *     it
   */
  default BiFunction<List<Tensor>, Generator, List<Tensor>> on(int index) {
    if (index < 0) {
      throw new InvalidArgumentException(
          "[on] index " + index + " is negative; the first tensor of a sample is 0");
    }
    return (sample, random) -> {
      if (index >= sample.size()) {
        throw new InvalidArgumentException(
            "[on] a sample has %d tensors, none at index %d; the first is 0"
                .formatted(sample.size(), index));
      }
      List<Tensor> changed = new ArrayList<>(sample);
      changed.set(index, apply(sample.get(index), random));
      return List.copyOf(changed);
    };
  }
}
