package io.gradus.train;

import io.gradus.Tensor;
import io.gradus.nn.Layer;
import io.gradus.nn.Loss;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;

/**
 * From a batch to a loss.
 *
 * @param <B> a batch
 */
@FunctionalInterface
public interface Objective<B> {
  /** The loss of a batch, and what metrics compare. */
  Outcome of(B batch);

  /**
   * What came of a batch.
   *
   * @param loss a number that can be differentiated, the mean over the batch
   * @param output the predictions, for metrics
   * @param target what was right; its first dimension counts the samples
   */
  record Outcome(Tensor loss, Tensor output, Tensor target) {
    /** Refuses a loss that is not one number. */
    public Outcome {
      if (loss.numel() != 1) {
        throw new InvalidArgumentException(
            "[Trainer] the loss must be one number, but has shape "
                + loss.shape()
                + "; reduce it with mean() or sum()");
      }
    }

    long samples() {
      return target.dim() == 0 ? 1 : target.size(0);
    }
  }

  /** Batches of inputs and targets: the loss of the model's answers. */
  static Objective<List<Tensor>> supervised(Layer model, Loss loss) {
    return batch -> {
      if (batch.size() != 2) {
        throw new InvalidArgumentException(
            "[Trainer] a batch must be an input and a target, but has %d tensors; write an objective"
                .formatted(batch.size()));
      }
      Tensor output = model.call(batch.get(0));
      return new Outcome(loss.call(output, batch.get(1)), output, batch.get(1));
    };
  }
}
