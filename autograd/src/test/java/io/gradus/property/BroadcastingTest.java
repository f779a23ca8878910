package io.gradus.property;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Operations on two and three operands against loops over explicit positions. */
class BroadcastingTest {
  private record Floating(BinaryOperator<Tensor> ours, DoubleBinaryOperator loop) {}

  private record Whole(BinaryOperator<Tensor> ours, LongBinaryOperator loop) {}

  private static final Floating[] FLOATING = {
    new Floating(Tensor::add, (a, b) -> a + b),
    new Floating(Tensor::sub, (a, b) -> a - b),
    new Floating(Tensor::mul, (a, b) -> a * b),
    new Floating(Tensor::div, (a, b) -> a / b),
    new Floating(Tensor::maximum, Math::max),
    new Floating(Tensor::minimum, Math::min),
    new Floating(Tensor::copysign, Math::copySign),
    new Floating(Tensor::lt, (a, b) -> a < b ? 1 : 0),
    new Floating(Tensor::ge, (a, b) -> a >= b ? 1 : 0),
    new Floating(Tensor::eq, (a, b) -> a == b ? 1 : 0),
    new Floating((a, b) -> a.clone().where(a.gt(b), b), (a, b) -> a > b ? a : b)
  };

  private static final Whole[] WHOLE = {
    new Whole(Tensor::add, Long::sum),
    new Whole(Tensor::sub, (a, b) -> a - b),
    new Whole(Tensor::mul, (a, b) -> a * b),
    new Whole(Tensor::maximum, Math::max),
    new Whole(Tensor::bitwiseXor, (a, b) -> a ^ b),
    new Whole(Tensor::bitwiseAnd, (a, b) -> a & b),
    new Whole(Tensor::ne, (a, b) -> a != b ? 1 : 0),
    new Whole(Tensor::le, (a, b) -> a <= b ? 1 : 0)
  };

  private static final DType[] FLOATS = {DType.F64, DType.F32};
  private static final DType[] INTS = {DType.I64, DType.I32, DType.I16, DType.I8, DType.U8};

  @Test
  @DisplayName("S6.1 floating operands broadcast as loops over positions say")
  void floating() {
    Cases.of(
        "floating",
        400,
        random -> {
          DType dtype = FLOATS[random.nextInt(FLOATS.length)];
          Floating f = FLOATING[random.nextInt(FLOATING.length)];
          long[][] shapes = shapes(random);
          Tensor a = Arbitrary.tensor(random, dtype, shapes[0]);
          Tensor b = Arbitrary.tensor(random, dtype, shapes[1]);
          Tensor r = f.ours.apply(a, b);
          double[] x = a.to(DType.F64).doubleArray();
          double[] y = b.to(DType.F64).doubleArray();
          int[] i = Positions.broadcast(shapes[0], shapes[2]);
          int[] j = Positions.broadcast(shapes[1], shapes[2]);
          double[] expected = new double[i.length];
          for (int k = 0; k < expected.length; k++) {
            double exact = f.loop.applyAsDouble(x[i[k]], y[j[k]]);
            // One operation on two floats rounds to the same float by way of a double.
            expected[k] = dtype == DType.F32 ? (float) exact : exact;
          }
          assertArrayEquals(shapes[2], r.shape().toArray());
          assertArrayEquals(expected, r.to(DType.F64).doubleArray());
        });
  }

  @Test
  @DisplayName("S6.1 whole operands broadcast as loops over positions say, and wrap (S6.7)")
  void whole() {
    Cases.of(
        "whole",
        400,
        random -> {
          DType dtype = INTS[random.nextInt(INTS.length)];
          Whole f = WHOLE[random.nextInt(WHOLE.length)];
          long[][] shapes = shapes(random);
          Tensor a = Arbitrary.tensor(random, dtype, shapes[0]);
          Tensor b = Arbitrary.tensor(random, dtype, shapes[1]);
          Tensor r = f.ours.apply(a, b);
          long[] x = a.to(DType.I64).longArray();
          long[] y = b.to(DType.I64).longArray();
          int[] i = Positions.broadcast(shapes[0], shapes[2]);
          int[] j = Positions.broadcast(shapes[1], shapes[2]);
          long[] expected = new long[i.length];
          for (int k = 0; k < expected.length; k++) {
            expected[k] = wrap(f.loop.applyAsLong(x[i[k]], y[j[k]]), dtype);
          }
          assertArrayEquals(shapes[2], r.shape().toArray());
          assertArrayEquals(expected, r.to(DType.I64).longArray());
        });
  }

  @Test
  @DisplayName("S6.1 three operands broadcast together, also into a tensor in place")
  void three() {
    Cases.of(
        "three",
        200,
        random -> {
          long[] to = Arbitrary.shape(random, 4);
          Tensor x = Arbitrary.tensor(random, DType.F64, to);
          Tensor mask = Arbitrary.tensor(random, DType.I8, Arbitrary.below(random, to)).gt(0);
          Tensor y = Arbitrary.tensor(random, DType.F64, Arbitrary.below(random, to));
          int[] m = Positions.broadcast(mask.shape().toArray(), to);
          int[] j = Positions.broadcast(y.shape().toArray(), to);
          boolean[] c = mask.booleanArray();
          double[] v = x.doubleArray();
          double[] w = y.doubleArray();
          double[] expected = new double[v.length];
          double[] sum = new double[v.length];
          for (int k = 0; k < v.length; k++) {
            expected[k] = c[m[k]] ? v[k] : w[j[k]];
            sum[k] = v[k] + (c[m[k]] ? 1 : 0) * w[j[k]] * 2;
          }
          assertArrayEquals(expected, Tensor.where(mask, x, y).doubleArray());
          Tensor target = x.clone();
          assertEquals(target, target.addcmul_(mask.to(DType.F64), y, 2));
          assertArrayEquals(sum, target.doubleArray());
        });
  }

  /** Two shapes and the one that they broadcast to. */
  private static long[][] shapes(Random random) {
    long[] to = Arbitrary.shape(random, 5);
    long[] a = Arbitrary.below(random, to);
    long[] b = Arbitrary.below(random, to);
    long[] r = new long[Math.max(a.length, b.length)];
    for (int d = 0; d < r.length; d++) {
      int i = d - r.length + a.length;
      int j = d - r.length + b.length;
      long x = i < 0 ? 1 : a[i];
      long y = j < 0 ? 1 : b[j];
      r[d] = x == 1 ? y : x;
    }
    return new long[][] {a, b, r};
  }

  private static long wrap(long value, DType dtype) {
    return switch (dtype) {
      case I32 -> (int) value;
      case I16 -> (short) value;
      case I8 -> (byte) value;
      case U8 -> value & 0xff;
      case I64, F16, BF16, F32, F64, BOOL -> value;
    };
  }
}
