package io.gradus.backend.cuda.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.EncodedScalars;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.ScalarMeaning;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions of f64 functions against what they define, evaluated in Java. */
class DoubleFormulasTest {
  private static final int SAMPLES = Integer.getInteger("gradus.formula.samples", 1500);
  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    2,
    -2,
    0.5,
    -0.5,
    1.5,
    3,
    -3,
    10.3,
    88.5,
    127.5,
    300,
    65504,
    0x1p31,
    -0x1p63,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    1 + 0x1p-52,
    1 - 0x1p-53,
    Math.PI / 2,
    Math.PI,
    709.5,
    709.79,
    -745,
    -745.2,
    -708.5,
    1e-300,
    8,
    7.9,
    -7.5,
    -2.457,
    5e5,
    823549,
    1023.99,
    1024,
    -1074.5,
    -1075,
    1e22,
    1e300,
    -1e6
  };

  private static Stream<ScalarOp> functions() {
    return Arrays.stream(ScalarOp.values()).filter(DoubleFormulas::covers);
  }

  /** A function's definition, evaluated node by node. */
  private record Definition(Expr root, List<Expr> order) {
    static Definition of(ScalarOp op) {
      Expr x = Expr.input(0, ComputeType.F64);
      Expr y = Expr.input(1, ComputeType.F64);
      Expr e = op.arity() == 1 ? Expr.of(op, x) : Expr.of(op, x, y);
      Expr root = DoubleFormulas.expand((Expr.Apply) e);
      return new Definition(root, ExprGraph.postOrder(List.of(root)));
    }

    double at(double x, double y) {
      Map<Expr, Long> values = new HashMap<>();
      for (Expr e : order) {
        values.put(e, value(e, values, x, y));
      }
      return Double.longBitsToDouble(get(values, root));
    }

    private static long get(Map<Expr, Long> values, Expr e) {
      return values.getOrDefault(e, 0L);
    }

    private static long value(Expr e, Map<Expr, Long> values, double x, double y) {
      return switch (e) {
        case Expr.Input i -> Double.doubleToRawLongBits(i.index() == 0 ? x : y);
        case Expr.Const c -> c.bits();
        case Expr.Cast c -> EncodedScalars.cast(c.to(), c.arg().type(), get(values, c.arg()));
        case Expr.Apply a ->
            EncodedScalars.apply(
                a.op(),
                a.operandType(),
                get(values, a.arg(0)),
                a.op().arity() > 1 ? get(values, a.arg(1)) : 0,
                a.op().arity() > 2 ? get(values, a.arg(2)) : 0);
        case Expr.Param p -> throw new AssertionError(p);
        case Expr.Index i -> throw new AssertionError(i);
        case Expr.Reduced r -> throw new AssertionError(r);
      };
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  @DisplayName("S6.8 an f64 function has the bits that it has on the CPU")
  void bits(ScalarOp op) {
    Definition definition = Definition.of(op);
    for (double x : SPECIAL) {
      for (double y : op.arity() == 1 ? new double[] {0} : SPECIAL) {
        check(op, definition, x, y);
      }
    }
    Random random = new Random(op.ordinal());
    for (int i = 0; i < SAMPLES; i++) {
      double y = i % 3 == 0 ? random.nextInt(20) - 10 : random.nextGaussian() * 8;
      check(op, definition, draw(random, i), y);
    }
  }

  private static double draw(Random random, int i) {
    return switch (i % 4) {
      case 0 -> random.nextGaussian() * Math.pow(2, random.nextInt(60) - 40);
      case 1 -> random.nextDouble() * 8 - 4;
      case 2 -> (random.nextDouble() * 2 - 1) * Math.pow(2, random.nextInt(12));
      default -> Double.longBitsToDouble(random.nextLong());
    };
  }

  private static void check(ScalarOp op, Definition definition, double x, double y) {
    double want = ScalarMeaning.f64(op, x, y, 0);
    double got = definition.at(x, y);
    boolean reduced =
        switch (op) {
          case SIN, COS, TAN, LGAMMA, DIGAMMA -> Math.abs(x) > 0x1p19;
          default -> false;
        };
    if (reduced && !Double.isNaN(want) && !Double.isInfinite(want)) {
      assertTrue(
          Math.abs(want - got) <= 2 * Math.ulp(want),
          () -> op + " of " + x + " is " + want + ", got " + got);
    } else {
      assertEquals(
          Double.doubleToLongBits(want),
          Double.doubleToLongBits(got),
          () -> op + " of " + x + ", " + y + " is " + want + ", got " + got);
    }
  }
}
