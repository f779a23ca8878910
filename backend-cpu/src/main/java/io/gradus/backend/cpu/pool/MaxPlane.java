package io.gradus.backend.cpu.pool;

/** The windows of one channel of one image. */
interface MaxPlane {
  void run(int n, int channel);
}
