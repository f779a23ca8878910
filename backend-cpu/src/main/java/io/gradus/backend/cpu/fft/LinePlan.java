package io.gradus.backend.cpu.fft;

import io.gradus.tensor.kernel.Kernel.Fft.Form;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * Transforms of one length. A line is loaded into a work array, transformed there without a factor,
 * and stored times the factor.
 *
 * <p>Work is done in double precision for both dtypes: with floats it takes as long.
 */
final class LinePlan {
  private final int n;
  private final DoubleFFT_1D fft;

  /**
   * Whether real numbers are transformed as such, at half the cost. The library's code for complex
   * ones is as accurate for any prime factor, that for real ones for 2, 3 and 5 alone (for n = 97
   * it loses another two digits).
   */
  private final boolean packed;

  LinePlan(int n) {
    this.n = n;
    this.fft = new DoubleFFT_1D(n);
    int rest = n;
    for (int prime : new int[] {2, 3, 5}) {
      while (rest % prime == 0) {
        rest /= prime;
      }
    }
    this.packed = rest == 1;
  }

  /** A work array for one thread. */
  double[] work() {
    return new double[2 * n];
  }

  /** Reads a line; for {@code HALF_TO_REAL} that is not inverse, its conjugate. */
  void load(Elements from, int at, Form form, boolean inverse, double[] w) {
    int im = at + from.pair();
    switch (form) {
      case COMPLEX -> {
        from.read(at, n, w, 0, 2);
        from.read(im, n, w, 1, 2);
      }
      case REAL_TO_HALF -> {
        if (packed) {
          from.read(at, n, w, 0, 1);
        } else {
          from.read(at, n, w, 0, 2);
          for (int i = 0; i < n; i++) {
            w[2 * i + 1] = 0;
          }
        }
      }
      case HALF_TO_REAL -> {
        int half = n / 2 + 1;
        from.read(at, half, w, 0, 2);
        from.read(im, half, w, 1, 2);
        for (int i = 0; i < half && !inverse; i++) {
          w[2 * i + 1] = -w[2 * i + 1];
        }
        if (packed) {
          pack(w);
        } else {
          mirror(w);
        }
      }
    }
  }

  /** What the first pair has no imaginary part for is the only number of the last pair left. */
  private void pack(double[] w) {
    w[1] = w[n];
  }

  private void unpack(double[] w) {
    w[n] = w[1];
    clearRealPairs(w);
  }

  private void clearRealPairs(double[] w) {
    w[1] = 0;
    if (n % 2 == 0) {
      w[n + 1] = 0;
    }
  }

  private void mirror(double[] w) {
    clearRealPairs(w);
    for (int i = 1; 2 * i < n; i++) {
      w[2 * (n - i)] = w[2 * i];
      w[2 * (n - i) + 1] = -w[2 * i + 1];
    }
  }

  /** Transforms in place; with real numbers forward from them and backward to them. */
  void transform(Form form, boolean inverse, double[] w) {
    boolean backward =
        switch (form) {
          case COMPLEX -> inverse;
          case REAL_TO_HALF -> false;
          case HALF_TO_REAL -> true;
        };
    if (n == 1) {
      return;
    }
    if (form == Form.COMPLEX || !packed) {
      if (backward) {
        fft.complexInverse(w, false);
      } else {
        fft.complexForward(w);
      }
    } else if (backward) {
      // Without its scaling the library gives half of the sum for some lengths.
      fft.realInverse(w, true);
    } else {
      fft.realForward(w);
    }
  }

  /** Writes a line; for {@code REAL_TO_HALF} that is inverse, its conjugate. */
  void store(double[] w, Elements to, int at, Form form, boolean inverse, double scale) {
    int im = at + to.pair();
    switch (form) {
      case COMPLEX -> {
        to.write(at, n, w, 0, 2, scale);
        to.write(im, n, w, 1, 2, scale);
      }
      case REAL_TO_HALF -> {
        if (packed) {
          unpack(w);
        } else {
          clearRealPairs(w);
        }
        to.write(at, n / 2 + 1, w, 0, 2, scale);
        to.write(im, n / 2 + 1, w, 1, 2, inverse ? -scale : scale);
      }
      case HALF_TO_REAL -> {
        if (packed) {
          to.write(at, n, w, 0, 1, scale * n);
        } else {
          to.write(at, n, w, 0, 2, scale);
        }
      }
    }
  }
}
