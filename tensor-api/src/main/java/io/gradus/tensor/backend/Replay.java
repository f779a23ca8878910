package io.gradus.tensor.backend;

/** A step that a device does again at each call: see {@link Device#capture}. */
public interface Replay extends AutoCloseable {
  /** Does the step, or queues it, on what its tensors hold then. */
  void replay();

  /** Gives back what the device keeps for it. */
  @Override
  void close();

  /** A step that is simply run each time. */
  static Replay running(Runnable step) {
    return new Replay() {
      @Override
      public void replay() {
        step.run();
      }

      @Override
      public void close() {}
    };
  }
}
