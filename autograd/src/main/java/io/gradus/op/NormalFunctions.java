package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** Functions of the normal distribution that keep their digits in its tails, in {@code f64}. */
public final class NormalFunctions {
  /**
   * (1 + 2x) erfcx(x) in powers of t = (x - 3.75) / (x + 3.75), relative error 3e-16; the form is
   * that of M. M. Shepherd and J. G. Laframboise, Math. Comp. 36 (1981).
   */
  private static final double[] SCALED = {
    1.2375126308378275,
    -0.14024059858554697,
    0.0035854154854644293,
    0.0822767384901452,
    -0.10880393014174886,
    0.09230432116037748,
    -0.05869339858963677,
    0.028362277418956406,
    -0.009746579558029276,
    0.0017556258528952954,
    0.0002937136655913448,
    -0.0002901540805408417,
    5.164909889268241e-05,
    2.238423915508223e-05,
    -1.1444146237700524e-05,
    -9.73559896736775e-07,
    1.751637648849062e-06,
    -5.7218230603224086e-08,
    -2.5866850716155884e-07,
    2.3263508708859124e-08,
    3.8675334242222354e-08,
    -3.744210080962018e-09,
    -5.1739902140113095e-09,
    3.1114333809799254e-10,
    4.2514714447963895e-10,
  };

  /**
   * With q the probability of a tail and y = sqrt(-2 log q) the quantile is y - log(y)/y - h/y (M.
   * Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.2.22 and 23, have the
   * idea); h in powers of 1/y, mapped to [-1, 1], for y in [2.1, 6]. Relative error 3e-16.
   */
  private static final double[] TAIL_NEAR = {
    1.036928461227434,
    0.059906457251756744,
    -0.0016772129845817928,
    -7.135618427236203e-05,
    0.00010013905022957808,
    -5.400965946799815e-05,
    2.3277945717227644e-05,
    -8.928358410729851e-06,
    3.228917452297119e-06,
    -1.145939086924196e-06,
    4.1027030748413193e-07,
    -1.5045072195891167e-07,
    5.677718022098431e-08,
    -2.2090580428613125e-08,
    8.740555260554988e-09,
    -3.3121212547618368e-09,
    1.314522290288114e-09,
    -7.443500775349712e-10,
    3.247909000998081e-10,
    1.1483691669714416e-11,
    -1.276807369693891e-11,
    -5.302561310369887e-11,
    2.3874221109933002e-11,
  };

  /** The same for y in [6, 39], which reaches the smallest {@code f64}. */
  private static final double[] TAIL_FAR = {
    0.9476789385659538,
    0.027115202649460917,
    0.001431916998502587,
    -0.0008755965128979028,
    0.0003589506397922581,
    -0.00014447839974583455,
    6.184235181339468e-05,
    -2.854548486276098e-05,
    1.4034393670959209e-05,
    -7.243851701199527e-06,
    3.886867216980899e-06,
    -2.151912469269725e-06,
    1.2061560728871149e-06,
    -6.88684284994128e-07,
    4.786388666308959e-07,
    -3.265770064543517e-07,
    -5.041584677404809e-08,
    1.383124401143969e-07,
    5.385756849419649e-07,
    -5.486028039142436e-07,
    -8.035255500099311e-07,
    8.131599445960124e-07,
    1.0322568320672476e-06,
    -9.757144204577045e-07,
    -8.868631722041875e-07,
    8.013495512975143e-07,
    5.225176555358192e-07,
    -4.5057481796405197e-07,
    -1.845216050745184e-07,
    1.5286011600304e-07,
    3.13037902176055e-08,
    -2.4832669762022803e-08,
  };

  private static final double SQRT_HALF = Math.sqrt(0.5);
  private static final double TAIL = 0.1;

  /** exp(a²) erfc(a). */
  public static final MapOp ERFCX = of("special_erfcx", NormalFunctions::erfcx);

  /** Logarithm of the share of the standard normal distribution below a. */
  public static final MapOp LOG_NDTR = of("special_log_ndtr", NormalFunctions::logNdtr);

  /** The number below which a share a of the standard normal distribution lies. */
  public static final MapOp NDTRI = of("special_ndtri", NormalFunctions::ndtri);

  private NormalFunctions() {}

  private static MapOp of(String name, Wide.Unary body) {
    return Wide.unary(name, name, body).unimplementedForHalves();
  }

  private static Expr erfcx(Expr x) {
    Expr m = abs(x);
    Expr t = minus(one(m), over(k(m, 7.5), plus(m, 3.75)));
    Expr right = over(polynomial(t, SCALED), fma(m, k(m, 2), one(m)));
    // exp(x²) with the rounding error of x² made good.
    Expr square = times(x, x);
    Expr e = exp(square);
    Expr rest = where(lt(square, k(x, 700)), fma(x, x, neg(square)), zero(x));
    Expr left = minus(times(times(e, plus(rest, 1)), 2), right);
    return where(isNan(x), x, where(lt(x, zero(x)), left, right));
  }

  private static Expr logNdtr(Expr x) {
    Expr below = minus(log(times(erfcx(times(x, -SQRT_HALF)), 0.5)), times(times(x, x), 0.5));
    Expr above = log1p(times(Expr.of(ScalarOp.ERFC, times(x, SQRT_HALF)), -0.5));
    return where(lt(x, k(x, -1)), below, above);
  }

  private static Expr ndtri(Expr p) {
    Expr q = Expr.of(ScalarOp.MIN, p, minus(one(p), p));
    Expr centre = times(Expr.of(ScalarOp.ERFINV, plus(times(p, 2), -1)), Math.sqrt(2));
    Expr y = sqrt(times(log(q), -2));
    Expr s = over(one(y), y);
    Expr near = polynomial(mapped(s, 6, 2.1), TAIL_NEAR);
    Expr far = polynomial(mapped(s, 39, 6), TAIL_FAR);
    Expr h = where(lt(y, k(y, 6)), near, far);
    Expr size = minus(y, times(plus(log(y), h), s));
    Expr tail = where(lt(p, k(p, 0.5)), neg(size), size);
    Expr inner = where(lt(q, k(q, TAIL)), tail, centre);
    Expr ends =
        where(
            eq(p, 0),
            k(p, Double.NEGATIVE_INFINITY),
            where(eq(p, 1), k(p, Double.POSITIVE_INFINITY), k(p, Double.NaN)));
    return where(and(gt(p, zero(p)), lt(p, one(p))), inner, ends);
  }

  /** 1/y, y of [low, high] reversed, on [-1, 1]. */
  private static Expr mapped(Expr s, double high, double low) {
    double width = 1 / low - 1 / high;
    return plus(times(s, 2 / width), -(1 / low + 1 / high) / width);
  }
}
