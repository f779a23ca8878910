package io.gradus.backend.cpu.pool;

/** The windows of one channel of one image. */
interface MaxPlane {
  /**
   * Finds the maxima of one channel.
   *
   * @param following how many of the next channels this thread does after this one
   */
  void run(int n, int channel, int following);
}
