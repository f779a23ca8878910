package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Kernel.Fft.Form;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Shape;

/** {@link Kernel.Fft}, term by term in f64. */
final class ReferenceFft {
  private ReferenceFft() {}

  static boolean supports(Kernel.Fft k) {
    DType dtype = k.in().dtype();
    return (dtype == DType.F32 || dtype == DType.F64) && k.out().dtype() == dtype;
  }

  static void run(Kernel.Fft k) {
    int n = k.length();
    Shape shape = k.out().layout().shape();
    boolean realIn = k.form() == Form.REAL_TO_HALF;
    boolean realOut = k.form() == Form.HALF_TO_REAL;
    long inner = 1;
    for (int d = k.axis() + 1; d < shape.rank() - (realOut ? 0 : 1); d++) {
      inner *= shape.size(d);
    }
    long outer = 1;
    for (int d = 0; d < k.axis(); d++) {
      outer *= shape.size(d);
    }
    int given = realOut ? n / 2 + 1 : n;
    int wanted = realIn ? n / 2 + 1 : n;
    double[] cos = new double[n];
    double[] sin = new double[n];
    for (int j = 0; j < n; j++) {
      cos[j] = Math.cos(2 * Math.PI * j / n);
      sin[j] = (k.inverse() ? 1 : -1) * Math.sin(2 * Math.PI * j / n);
    }
    for (long line = 0; line < outer * inner; line++) {
      long before = line / inner;
      long behind = line % inner;
      double[] re = new double[n];
      double[] im = new double[n];
      for (int j = 0; j < given; j++) {
        long at = (before * given + j) * inner + behind;
        re[j] = get(k.in(), realIn ? at : 2 * at);
        im[j] = realIn ? 0 : get(k.in(), 2 * at + 1);
      }
      if (realOut) {
        mirror(re, im);
      }
      for (int i = 0; i < wanted; i++) {
        double sumRe = 0;
        double sumIm = 0;
        for (int j = 0; j < n; j++) {
          int turn = (int) ((long) i * j % n);
          sumRe += re[j] * cos[turn] - im[j] * sin[turn];
          sumIm += re[j] * sin[turn] + im[j] * cos[turn];
        }
        long at = (before * wanted + i) * inner + behind;
        set(k.out(), realOut ? at : 2 * at, sumRe * k.scale());
        if (!realOut) {
          set(k.out(), 2 * at + 1, sumIm * k.scale());
        }
      }
    }
  }

  private static void mirror(double[] re, double[] im) {
    int n = re.length;
    im[0] = 0;
    if (n % 2 == 0) {
      im[n / 2] = 0;
    }
    for (int j = n / 2 + 1; j < n; j++) {
      re[j] = re[n - j];
      im[j] = -im[n - j];
    }
  }

  private static double get(Operand o, long linear) {
    long value = ReferenceStorage.get(o, linear);
    return o.dtype() == DType.F32
        ? Float.intBitsToFloat((int) value)
        : Double.longBitsToDouble(value);
  }

  private static void set(Operand o, long linear, double value) {
    ReferenceStorage.set(
        o,
        linear,
        EncodedScalars.cast(o.dtype(), ComputeType.F64, Double.doubleToRawLongBits(value)));
  }
}
