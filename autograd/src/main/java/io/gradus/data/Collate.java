package io.gradus.data;

import io.gradus.Tensor;
import io.gradus.tensor.error.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** Joins samples to a batch. */
@FunctionalInterface
public interface Collate<T, B> {
  /** The batch of these samples. */
  B apply(List<T> samples);

  /** Tensors of the same place in each sample are stacked along a new first dimension. */
  static Collate<List<Tensor>, List<Tensor>> stack() {
    return samples -> {
      int parts = samples.get(0).size();
      for (List<Tensor> sample : samples) {
        if (sample.size() != parts) {
          throw new ShapeException(
              "[DataLoader] each element in list of batch should be of equal size: samples of %d and %d tensors; give a Collate that joins them"
                  .formatted(parts, sample.size()));
        }
      }
      List<Tensor> batch = new ArrayList<>();
      for (int i = 0; i < parts; i++) {
        int at = i;
        batch.add(Tensor.stack(samples.stream().map(s -> s.get(at)).toList(), 0));
      }
      return batch;
    };
  }
}
