package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Series;

/**
 * Derivatives of digamma through the Hurwitz zeta function, step by step as {@code ScalarMeaning}
 * has them; the one function whose number of terms depends on its argument. Only the terms far to
 * the left of 0, which are added one by one there, come from a series here.
 */
final class ZetaCode {
  private final PtxCode code;
  private final Value order;
  private final Value at;

  private static final Term N = input(0);
  private static final Term X = input(1);
  private static final Term SUM = input(2);
  private static final Term NEXT = input(3);

  /** The derivative of this order at a place, both {@code f64}. */
  ZetaCode(PtxCode code, Value order, Value at) {
    this.code = code;
    this.order = order;
    this.at = at;
  }

  private static Term input(int index) {
    return new Term(Expr.input(index, ComputeType.F64));
  }

  private Value evaluate(Term term, Value sum, Value next) {
    Value[] inputs = {order, at, sum, next};
    ExprCode values =
        new ExprCode(
            code,
            e -> {
              if (e instanceof Expr.Input i) {
                return inputs[i.index()];
              }
              throw Leaves.unexpected(e);
            });
    return values.evaluate(term.expr());
  }

  Value polygamma() {
    Term reflected = N.is(1.0).and(X.isLess(0.5));
    Term q = reflected.choose(number(1).minus(X), X);
    Term s = N.plus(1.0);
    Term proper = q.isGreater(0.0).or(q.isGreater(-1e6).and(q.is(q.rounded()).not()));
    Value zero = Value.of(0.0);
    Term end = number(12).plus(smaller(s, 60));
    Value last = evaluate(end, zero, zero);
    // Terms far to the left are those of two series on the right.
    Term skipped = q.negated().minus(end).floor();
    Term far = skipped.isGreater(0.0).and(proper);
    Term first = q.plus(far.choose(skipped, number(0)));
    Term odd = s.minus(s.over(2.0).floor().times(2.0)).is(1.0);
    Term series = tail(s, number(1).minus(first)).minus(tail(s, number(1).minus(q)));
    Term left = far.choose(odd.choose(series.negated(), series), number(0));
    // A series without an end where there is none begins behind it.
    Value next = code.copy(evaluate(proper.choose(first, number(100)), zero, zero));
    Value sum = code.copy(evaluate(left, zero, zero));
    PtxCode.Label loop = code.label();
    PtxCode.Label done = code.label();
    code.place(loop);
    code.jumpUnless(code.pred("setp.lt.f64", next, last), done);
    Term power = PowerFormula.pow(NEXT, s.negated());
    code.move(sum, evaluate(SUM.plus(power), sum, next));
    code.into(next, "add.rn.f64", next, Value.of(1.0));
    code.jump(loop);
    code.place(done);
    return evaluate(result(s, q, reflected, power), sum, next);
  }

  private static Term smaller(Term a, double b) {
    return a.isGreater(b).choose(b, a);
  }

  private static Term result(Term s, Term q, Term reflected, Term power) {
    double infinity = Double.POSITIVE_INFINITY;
    Term zeta = zeta(s, q, power);
    Term parity = N.minus(N.over(2.0).floor().times(2.0)).is(1.0);
    Term value = parity.choose(1.0, -1.0).times(factorial()).times(zeta);
    Term fraction = X.minus(X.rounded());
    Term sine = TrigonometricFormulas.sin(fraction.times(Math.PI));
    Term ratio = number(Math.PI).over(sine);
    Term mirror = fraction.is(0.0).choose(infinity, ratio.squared().minus(value));
    Term isInfinite = X.abs().is(infinity);
    Term pole = X.isGreater(0.0).choose(Double.NaN, parity.choose(infinity, -infinity));
    value = N.isGreater(1.0).and(isInfinite).choose(pole, value);
    value = reflected.choose(mirror, value);
    value = N.is(0.0).choose(SpecialFormulas.digamma(X), value);
    return N.isAtLeast(0.0).and(N.is(N.rounded())).choose(value, Double.NaN);
  }

  /** The sum of (a + k)^-s over all k, for an a of at least about s. */
  private static Term tail(Term s, Term a) {
    return tail(number(0), s, a, PowerFormula.pow(a, s.negated()));
  }

  private static Term tail(Term before, Term s, Term a, Term power) {
    Term sum = before.plus(a.times(power).over(s.minus(1.0)).plus(power.times(0.5)));
    double[] c = Series.EULER_MACLAURIN.coefficients();
    Term rising = s;
    Term step = power.over(a);
    for (int k = 0; k < c.length; k++) {
      sum = sum.plus(number(c[k]).times(rising).times(step));
      rising = rising.times(s.plus(2.0 * k + 1).times(s.plus(2.0 * k + 2)));
      step = step.over(a.squared());
    }
    return sum;
  }

  private static Term zeta(Term s, Term q, Term power) {
    Term sum = tail(SUM, s, NEXT, power);
    Term value = q.isLess(-1e6).choose(Double.NaN, sum);
    Term unbounded = q.abs().isLess(Double.POSITIVE_INFINITY).not();
    value = unbounded.choose(q.isGreater(0.0).choose(0, q), value);
    Term edge = q.is(Double.NEGATIVE_INFINITY).choose(Double.NaN, Double.POSITIVE_INFINITY);
    return q.isAtMost(0.0).and(q.is(q.rounded())).choose(edge, value);
  }

  private static Term factorial() {
    Term product = number(1);
    for (int k = 2; k < 19; k++) {
      product = N.isAtLeast((double) k).choose(product.times(k * 1.0), product);
    }
    Term large = ExponentialFormulas.exp(SpecialFormulas.lgamma(N.plus(1.0)));
    return N.isLess(19.0).choose(product, large);
  }
}
