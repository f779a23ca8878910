package io.gradus.tck.reference;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;

/** {@link Kernel.Contract} and {@link Kernel.Convolve}, accumulated in f64 or i64. */
final class ReferenceProducts {
  private ReferenceProducts() {}

  static void contract(Kernel.Contract k) {
    Shape shape = k.out().layout().shape();
    int rank = shape.rank();
    long n = shape.size(rank - 1);
    long m = shape.size(rank - 2);
    long inner = k.a().layout().size(rank - 1);
    ComputeType type = k.out().dtype().compute();
    long[] results = new long[(int) shape.numel()];
    for (long i = 0; i < shape.numel(); i++) {
      long column = i % n;
      long row = i / n % m;
      long batch = i / n / m;
      double real = 0;
      long whole = 0;
      for (long p = 0; p < inner; p++) {
        long x = ReferenceStorage.get(k.a(), (batch * m + row) * inner + p);
        long y = ReferenceStorage.get(k.b(), (batch * inner + p) * n + column);
        real += real(type, x) * real(type, y);
        whole += x * y;
      }
      real *= k.alpha();
      whole = (long) k.alpha() * whole;
      if (k.beta() != 0) {
        long old = ReferenceStorage.get(k.out(), i);
        real += k.beta() * real(type, old);
        whole += (long) k.beta() * old;
      }
      results[(int) i] = type.isFloating() ? encode(type, real) : whole;
    }
    finish(k, results);
  }

  private static void finish(Kernel.Contract k, long[] results) {
    Operand out = k.out();
    Program epilogue = k.epilogue();
    if (epilogue == null) {
      for (int i = 0; i < results.length; i++) {
        ReferenceStorage.set(out, i, results[i]);
      }
      return;
    }
    Shape shape = out.layout().shape();
    DType wide = out.dtype().compute().dtype();
    ReferenceStorage product = new ReferenceStorage(out.storage().device(), wide, results.length);
    System.arraycopy(results, 0, product.values, 0, results.length);
    Operand[] in = new Operand[k.operands().length + 1];
    in[0] = new Operand(product, wide, Layout.of(shape));
    System.arraycopy(k.operands(), 0, in, 1, k.operands().length);
    ReferencePointwise.run(new Kernel.Elementwise(epilogue, in, new Operand[] {out}, k.params()));
  }

  static void convolve(Kernel.Convolve k) {
    Shape out = k.out().layout().shape();
    Shape in = k.in().layout().shape();
    Shape window = k.weight().layout().shape();
    int spatial = out.rank() - 2;
    ComputeType type = k.out().dtype().compute();
    long perGroup = window.size(1);
    long outputsPerGroup = out.size(1) / k.groups();
    Layout inDense = Layout.of(in);
    Layout weightDense = Layout.of(window);
    Layout outDense = Layout.of(out);
    long taps = 1;
    for (int s = 0; s < spatial; s++) {
      taps *= window.size(2 + s);
    }
    for (long i = 0; i < out.numel(); i++) {
      long batch = i / outDense.stride(0) % out.size(0);
      long o = i / outDense.stride(1) % out.size(1);
      double sum = k.bias() == null ? 0 : real(type, ReferenceStorage.get(k.bias(), o));
      for (long c = 0; c < perGroup; c++) {
        for (long tap = 0; tap < taps; tap++) {
          long at =
              batch * inDense.stride(0) + (o / outputsPerGroup * perGroup + c) * inDense.stride(1);
          long weightAt = o * weightDense.stride(0) + c * weightDense.stride(1);
          boolean inside = true;
          long rest = tap;
          for (int s = spatial - 1; s >= 0; s--) {
            long u = rest % window.size(2 + s);
            rest /= window.size(2 + s);
            long y = i / outDense.stride(2 + s) % out.size(2 + s);
            long x = y * k.stride()[s] + u * k.dilation()[s] - k.padding()[s];
            inside &= x >= 0 && x % k.inputDilation()[s] == 0;
            x /= k.inputDilation()[s];
            inside &= x < in.size(2 + s);
            at += x * inDense.stride(2 + s);
            weightAt += u * weightDense.stride(2 + s);
          }
          if (inside) {
            sum +=
                real(type, ReferenceStorage.get(k.in(), at))
                    * real(type, ReferenceStorage.get(k.weight(), weightAt));
          }
        }
      }
      ReferenceStorage.set(
          k.out(),
          i,
          EncodedScalars.cast(k.out().dtype(), ComputeType.F64, encode(ComputeType.F64, sum)));
    }
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
