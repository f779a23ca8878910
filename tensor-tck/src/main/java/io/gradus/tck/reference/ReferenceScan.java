package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Shape;

/** {@link Kernel.Scan}. */
final class ReferenceScan {
  private ReferenceScan() {}

  static void run(Kernel.Scan k) {
    Shape shape = k.in().layout().shape();
    if (shape.rank() == 0) {
      ReferenceStorage.set(k.out(), 0, convert(k, ReferenceStorage.get(k.in(), 0)));
      Operand indices = k.indices();
      if (indices != null) {
        ReferenceStorage.set(indices, 0, 0);
      }
      return;
    }
    long step = 1;
    for (int d = k.axis() + 1; d < shape.rank(); d++) {
      step *= shape.size(d);
    }
    long length = shape.size(k.axis());
    for (long i = 0; i < shape.numel(); i++) {
      if (i / step % length == 0) {
        line(k, i, step, length);
      }
    }
  }

  private static long convert(Kernel.Scan k, long value) {
    return EncodedScalars.cast(k.out().dtype(), k.in().dtype().compute(), value);
  }

  private static void line(Kernel.Scan k, long first, long step, long length) {
    ComputeType type = k.out().dtype().compute();
    long so = 0;
    double real = 0;
    long best = 0;
    for (long i = 0; i < length; i++) {
      long at = first + i * step;
      long value = convert(k, ReferenceStorage.get(k.in(), at));
      switch (k.op()) {
        case SUM, PROD, LOGSUMEXP -> {
          real = i == 0 ? real(type, value) : combine(k, real, real(type, value));
          so =
              i == 0
                  ? value
                  : k.op() == io.gradus.tensor.kernel.ScanOp.SUM ? so + value : so * value;
          ReferenceStorage.set(k.out(), at, type.isFloating() ? encode(type, real) : so);
        }
        case MAX, MIN -> {
          boolean max = k.op() == io.gradus.tensor.kernel.ScanOp.MAX;
          boolean nan = type.isFloating() && Double.isNaN(real(type, value));
          boolean stuck = i > 0 && type.isFloating() && Double.isNaN(real(type, so));
          boolean better =
              EncodedScalars.apply(max ? ScalarOp.GE : ScalarOp.LE, type, value, so, 0) != 0;
          if (i == 0 || nan || !stuck && better) {
            so = value;
            best = i;
          }
          ReferenceStorage.set(k.out(), at, so);
          Operand indices = k.indices();
          if (indices != null) {
            ReferenceStorage.set(indices, at, best);
          }
        }
      }
    }
  }

  private static double combine(Kernel.Scan k, double a, double b) {
    return switch (k.op()) {
      case SUM -> a + b;
      case PROD -> a * b;
      case LOGSUMEXP -> {
        double high = Math.max(a, b);
        yield Double.isInfinite(high)
            ? high
            : high + Math.log(Math.exp(a - high) + Math.exp(b - high));
      }
      case MAX, MIN -> throw new IllegalArgumentException("not a sum: " + k.op());
    };
  }

  private static double real(ComputeType type, long value) {
    return switch (type) {
      case F32 -> Float.intBitsToFloat((int) value);
      case F64 -> Double.longBitsToDouble(value);
      case I32, I64 -> (double) value;
    };
  }

  private static long encode(ComputeType type, double value) {
    return type == ComputeType.F32
        ? Float.floatToRawIntBits((float) value)
        : Double.doubleToRawLongBits(value);
  }
}
