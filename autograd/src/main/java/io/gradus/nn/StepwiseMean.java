package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Means of windows of volumes of halves: PyTorch adds up element by element and divides by one size
 * after the other, rounding each time, and only there.
 */
final class StepwiseMean {
  private StepwiseMean() {}

  /**
   * The means.
   *
   * @param x [batch, channels, d1, d2, d3]
   * @param taps windows of the three dimensions
   */
  static Tensor of(Tensor x, List<Taps> taps) {
    Tensor total = null;
    for (long[] depth : taps.get(0).from()) {
      Tensor planes = Taps.pick(x, 2, depth);
      for (long[] row : taps.get(1).from()) {
        Tensor lines = Taps.pick(planes, 3, row);
        for (long[] column : taps.get(2).from()) {
          Tensor part = Taps.pick(lines, 4, column);
          total = total == null ? part : total.add(part);
        }
      }
    }
    Tensor mean = total;
    for (int i = 0; i < 3 && mean != null; i++) {
      long[] line = new long[5];
      Arrays.fill(line, 1);
      line[i + 2] = taps.get(i).out();
      double[] counts = Arrays.stream(taps.get(i).counts()).asDoubleStream().toArray();
      Options options = Options.dtype(x.dtype()).withDevice(x.device());
      mean = mean.div(Tensor.tensor(counts, options).reshape(line));
    }
    if (mean != null) {
      return mean;
    }
    long[] out = taps.stream().mapToLong(Taps::out).toArray();
    return Spatial.zeros(x, Spatial.shape(x.size(0), x.size(1), out));
  }
}
