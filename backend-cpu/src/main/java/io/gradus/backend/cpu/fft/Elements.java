package io.gradus.backend.cpu.fft;

/**
 * The array of an operand, and how the elements of a line lie in it.
 *
 * @param array of floats or doubles
 * @param step from one element of a line to the next
 * @param pair from a real part to its imaginary part
 */
record Elements(Object array, int step, int pair) {
  /** Copies {@code count} numbers from {@code at} on into every {@code stride}th place of work. */
  void read(int at, int count, double[] work, int place, int stride) {
    if (array instanceof float[] x) {
      for (int i = 0; i < count; i++) {
        work[place + i * stride] = x[at + i * step];
      }
    } else {
      double[] x = (double[]) array;
      for (int i = 0; i < count; i++) {
        work[place + i * stride] = x[at + i * step];
      }
    }
  }

  /** The way back, times a number. */
  void write(int at, int count, double[] work, int place, int stride, double scale) {
    if (array instanceof float[] x) {
      for (int i = 0; i < count; i++) {
        x[at + i * step] = (float) (scale * work[place + i * stride]);
      }
    } else {
      double[] x = (double[]) array;
      for (int i = 0; i < count; i++) {
        x[at + i * step] = scale * work[place + i * stride];
      }
    }
  }
}
