package io.gradus.tensor.kernel;

import static io.gradus.tensor.kernel.ScalarOp.ADD;
import static io.gradus.tensor.kernel.ScalarOp.DIV;
import static io.gradus.tensor.kernel.ScalarOp.EXP;
import static io.gradus.tensor.kernel.ScalarOp.LOG;
import static io.gradus.tensor.kernel.ScalarOp.MUL;
import static io.gradus.tensor.kernel.ScalarOp.RSQRT;
import static io.gradus.tensor.kernel.ScalarOp.SUB;

import io.gradus.tensor.dtype.ComputeType;
import java.util.Collections;
import java.util.List;

/**
 * The programs of frequent {@link Kernel.Rows}, in one place so that a backend can tell them from
 * others: equal programs are the same object. A backend may run them as it runs any other.
 *
 * @param reductions how the first outputs of the program are reduced
 */
public record RowFormulas(List<ReduceOp> reductions, Program program) {
  private static RowFormulas of(
      int inputs, ComputeType t, List<ReduceOp> reductions, List<Expr> outputs) {
    return new RowFormulas(reductions, Program.of(Collections.nCopies(inputs, t), outputs));
  }

  /** Whether a kernel runs this. */
  public boolean is(Kernel.Rows k) {
    return k.program() == program && k.reductions().equals(reductions);
  }

  /** {@code exp(x - max) / sum(exp(x - max))} along a row of x. */
  public static RowFormulas softmax(ComputeType t) {
    Expr x = Expr.input(0, t);
    Expr e = Expr.of(EXP, Expr.of(SUB, x, Expr.reduced(0, t)));
    // One division a row instead of one an element, which takes eight times as long as a product.
    Expr scale = Expr.of(DIV, Expr.constant(t, 1.0), Expr.reduced(1, t));
    return of(1, t, List.of(ReduceOp.MAX, ReduceOp.SUM), List.of(x, e, Expr.of(MUL, e, scale)));
  }

  /** {@code (x - max) - log(sum(exp(x - max)))} along a row of x. */
  public static RowFormulas logSoftmax(ComputeType t) {
    Expr x = Expr.input(0, t);
    Expr d = Expr.of(SUB, x, Expr.reduced(0, t));
    Expr y = Expr.of(SUB, d, Expr.of(LOG, Expr.reduced(1, t)));
    return of(1, t, List.of(ReduceOp.MAX, ReduceOp.SUM), List.of(x, Expr.of(EXP, d), y));
  }

  /**
   * Layer normalisation {@code h w + b} of x, w and b, with {@code h = (x - m) r}; further outputs,
   * one value a row, are the mean m and the inverse deviation r. Parameters: elements of a row, and
   * what is added to the variance.
   */
  public static RowFormulas layerNorm(ComputeType t) {
    Expr x = Expr.input(0, t);
    Expr mean = Expr.of(DIV, Expr.reduced(0, t), Expr.param(0, t));
    Expr d = Expr.of(SUB, x, mean);
    Expr var = Expr.of(DIV, Expr.reduced(1, t), Expr.param(0, t));
    Expr rstd = Expr.of(RSQRT, Expr.of(ADD, var, Expr.param(1, t)));
    Expr y = Expr.of(ADD, Expr.of(MUL, Expr.of(MUL, d, rstd), Expr.input(1, t)), Expr.input(2, t));
    return of(
        3, t, List.of(ReduceOp.SUM, ReduceOp.SUM), List.of(x, Expr.of(MUL, d, d), y, mean, rstd));
  }

  /**
   * The gradient of x {@code r (k - mean(k) - h mean(k h))}, {@code k = g w}, from g, x, w, m and r
   * of {@link #layerNorm}. Parameter: elements of a row.
   */
  public static RowFormulas layerNormGradient(ComputeType t) {
    Expr n = Expr.param(0, t);
    Expr h = normalized(1, 3, t);
    Expr k = Expr.of(MUL, Expr.input(0, t), Expr.input(2, t));
    Expr mean = Expr.of(DIV, Expr.reduced(0, t), n);
    Expr slope = Expr.of(DIV, Expr.reduced(1, t), n);
    Expr inner = Expr.of(SUB, Expr.of(SUB, k, mean), Expr.of(MUL, h, slope));
    return of(
        5,
        t,
        List.of(ReduceOp.SUM, ReduceOp.SUM),
        List.of(k, Expr.of(MUL, k, h), Expr.of(MUL, inner, Expr.input(4, t))));
  }

  /** What the gradient of the weight of {@link #layerNorm} sums: {@code g h} of g, x, m and r. */
  public static Program layerNormWeight(ComputeType t) {
    Expr product = Expr.of(MUL, Expr.input(0, t), normalized(1, 2, t));
    return Program.of(Collections.nCopies(4, t), product);
  }

  private static Expr normalized(int x, int mean, ComputeType t) {
    Expr d = Expr.of(SUB, Expr.input(x, t), Expr.input(mean, t));
    return Expr.of(MUL, d, Expr.input(mean + 1, t));
  }
}
