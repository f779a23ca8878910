package io.gradus.train;

import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Path;

/**
 * Where and how often a training is saved. The file is always a complete one: the next replaces it
 * when it is on disk.
 *
 * @param file one file, which holds the latest state
 * @param epochs saved at the end of every so many passes; 0 for never
 * @param steps saved after every so many batches of a pass too; 0 for never
 * @param resume whether a training goes on from the file if it is there
 */
public record Checkpoints(Path file, int epochs, int steps, boolean resume) {
  /** Refuses negative numbers, and never. */
  public Checkpoints {
    if (epochs < 0 || steps < 0 || epochs + steps == 0) {
      throw new InvalidArgumentException(
          "[Checkpoints] epochs and steps must not be negative, and one of them not 0, but are %d and %d"
              .formatted(epochs, steps));
    }
  }

  /** After every so many epochs; goes on from the file if it is there. */
  public static Checkpoints everyEpochs(Path file, int epochs) {
    return new Checkpoints(file, epochs, 0, true);
  }

  /** After every epoch, and every so many steps of it; goes on from the file if it is there. */
  public static Checkpoints everySteps(Path file, int steps) {
    return new Checkpoints(file, 1, steps, true);
  }

  /** With or without going on from a file that is there. */
  public Checkpoints resume(boolean value) {
    return new Checkpoints(file, epochs, steps, value);
  }
}
