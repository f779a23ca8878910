package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Recipes;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;
import java.util.Objects;

/**
 * The loop of a softmax, {@code exp(x - max)} and its sum: the recipe of {@code exp}, less what
 * numbers up to 0 whose powers are 0 or normal do not need.
 *
 * <p>Such a power is one product of {@code 2^n}, not two, and there is no upper limit. The next
 * row's maximum is found meanwhile: its memory arrives while this row is computed. So does the
 * memory that results go to: a logarithm's results of the last row are stored meanwhile, too.
 *
 * <p>Not among the lanes, which are compiled after few calls: what lives on from one turn of a loop
 * to the next was an object for ever then in one process of three.
 */
final class PowerLoops {
  private static final double MAGIC = 0x1.8p23;
  private static final int EXPONENT_OF_ONE = 127;

  private final StringBuilder out = new StringBuilder();

  String source() {
    out.append(
        """
        package io.gradus.backend.cpu.reduce;

        import jdk.incubator.vector.*;

        /** Powers of differences from the largest of a row, and their sums. Generated. */
        @SuppressWarnings("all")
        final class PowerVectorLoops {
          private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
          private static final VectorSpecies<Integer> I32 = IntVector.SPECIES_PREFERRED;

          /** Whether vectors have the 16 lanes that these loops need. */
          static final boolean FIT = F32.length() == 16;

          /** From here on, powers have all their digits. */
          private static final int NORMAL = Float.floatToRawIntBits(-87f);

          /** How far numbers whose powers have fewer digits, but are not 0, lie beyond. */
          private static final int FEW_DIGITS = Float.floatToRawIntBits(-104f) - NORMAL;

          /** The power of this is 0 here. */
          private static final int ZERO = Float.floatToRawIntBits(-88f);

          private PowerVectorLoops() {}
        """);
    loop("sum", false);
    loop("write", true);
    return out.append("}\n").toString().replace("LaneSpecies.", "");
  }

  private void loop(String name, boolean writes) {
    out.append(
        """

          /**
           * {@code sums[j]} becomes the sum of {@code exp(x - max)} over p mod 64 = j; the first is
           * NaN if a power has fewer digits than a normal number.
           *
           * @param max finite, and no element is larger; n is a multiple of 64
           * @param next where as many elements are whose largest is wanted
           * @param y where %s
           * @return the bits of that, or a negative number if it is below 0 or there may be NaN
           */
          static int %s(
              float[] x, int xo, float max, int n, float[] sums, int next, %s) {
            FloatVector largest = FloatVector.broadcast(F32, max);
            IntVector nearest = IntVector.broadcast(I32, -1);
            IntVector high = IntVector.broadcast(I32, Integer.MIN_VALUE);
            FloatVector seen = FloatVector.zero(LaneSpecies.F32);
            FloatVector s0 = seen;
            FloatVector s1 = seen;
            FloatVector s2 = seen;
            FloatVector s3 = seen;
            for (int p = 0; p < n; p += 16) {
              IntVector d =
                  FloatVector.fromArray(F32, x, xo + p).sub(largest).reinterpretAsInts();
              nearest = nearest.lanewise(VectorOperators.UMIN, d.sub(NORMAL));
              FloatVector x0 = d.lanewise(VectorOperators.UMIN, ZERO).reinterpretAsFloats();
        """
            .formatted(
                writes ? "the powers go" : "as many elements {@code from last on - a - b} go",
                name,
                writes ? "float[] y, int yo" : "int last, float a, float b, float[] y, int yo"));
    String power = new VectorRecipe(out).value(power());
    out.append("      ")
        .append(writes ? power : "FloatVector.fromArray(F32, x, last + p).sub(a).sub(b)");
    out.append(".intoArray(y, yo + p);\n");
    out.append(
        """
              FloatVector ahead = FloatVector.fromArray(F32, x, next + p);
              seen = seen.add(ahead);
              high = high.max(ahead.reinterpretAsInts());
              FloatVector s = s0.add(%s);
              s0 = s1;
              s1 = s2;
              s2 = s3;
              s3 = s;
            }
            s0.intoArray(sums, 0);
            s1.intoArray(sums, 16);
            s2.intoArray(sums, 32);
            s3.intoArray(sums, 48);
            int first =
                nearest.lanewise(VectorOperators.XOR, Integer.MIN_VALUE)
                    .reduceLanes(VectorOperators.MIN);
            if ((first ^ Integer.MIN_VALUE) >= 0 && (first ^ Integer.MIN_VALUE) <= FEW_DIGITS) {
              sums[0] = Float.NaN;
            }
            return seen.eq(seen).allTrue() ? high.reduceLanes(VectorOperators.MAX) : -1;
          }
        """
            .formatted(power));
  }

  /**
   * {@code m 2^n + 2^n} in place of {@code (m a + a) b}: the recipe's number that rounds to a whole
   * one is made larger by what the exponent of 1 is, so that its low bits are an exponent.
   */
  private static Expr power() {
    Expr exp = Objects.requireNonNull(Recipes.expand(ScalarOp.EXP, ComputeType.F32));
    Expr twoFactors = argument(argument(exp, ScalarOp.WHERE, 2), ScalarOp.WHERE, 2);
    Expr fraction = argument(argument(twoFactors, ScalarOp.MUL, 0), ScalarOp.FMA, 0);
    Expr m = ExprGraph.substitute(List.of(fraction), PowerLoops::shifted).get(0);
    Expr z =
        ExprGraph.postOrder(List.of(m)).stream()
            .filter(e -> e instanceof Expr.Apply a && a.op() == ScalarOp.FMA)
            .findFirst()
            .orElseThrow();
    Expr shift = Expr.constant(ComputeType.I32, 23L);
    Expr factor =
        Expr.of(ScalarOp.FROM_BITS, Expr.of(ScalarOp.SHL, Expr.of(ScalarOp.TO_BITS, z), shift));
    return Expr.of(ScalarOp.FMA, m, factor, factor);
  }

  private static Expr argument(Expr e, ScalarOp op, int k) {
    if (e instanceof Expr.Apply a && a.op() == op) {
      return a.arg(k);
    }
    throw new IllegalStateException("the recipe of exp has another form: " + e);
  }

  private static Expr shifted(Expr e) {
    return e instanceof Expr.Const c && Math.abs(c.toDouble()) == MAGIC
        ? Expr.constant(ComputeType.F32, Math.copySign(MAGIC + EXPONENT_OF_ONE, c.toDouble()))
        : null;
  }
}
