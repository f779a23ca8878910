package io.gradus.backend.cpu.hot;

/** A program as one loop; its classes are made while the program runs, see {@link LoopClass}. */
interface Loop {
  /**
   * Computes {@code n} elements of all outputs; {@code n} is a multiple of {@link LoopClass#LANES}.
   *
   * @param in the arrays of the inputs
   * @param inAt where to begin in each
   * @param out the arrays of the outputs, which may be inputs, with the same beginnings
   * @param outAt where to begin in each
   * @param params the numbers given per call
   */
  void run(float[][] in, int[] inAt, float[][] out, int[] outAt, float[] params, int n);
}
