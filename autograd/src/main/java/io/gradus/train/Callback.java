package io.gradus.train;

/** Hears how a training goes. What it throws ends the training. */
public interface Callback {
  /**
   * One batch is done.
   *
   * @param epoch from 1
   * @param step from 1
   * @param steps of the epoch; -1 if nobody knows
   * @param loss of the batch
   */
  record Step(int epoch, long step, long steps, double loss) {}

  /** A pass over the data begins, or goes on after a checkpoint. */
  default void epochStarted(int epoch, long done, long steps) {}

  /** A batch was trained. */
  default void stepDone(Step step) {}

  /** A pass is over, validation included. */
  default void epochDone(EpochResult result) {}

  /** No more passes, be it that all are done, that it was stopped, or that it failed. */
  default void ended() {}
}
