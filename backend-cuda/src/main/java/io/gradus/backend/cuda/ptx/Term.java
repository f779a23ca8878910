package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;

/** An expression with the operations that formulas are written in; each rounds as it stands. */
record Term(Expr expr) {
  static Term number(double value) {
    return new Term(Expr.constant(ComputeType.F64, value));
  }

  static Term whole(long value) {
    return new Term(Expr.constant(ComputeType.I64, value));
  }

  private Term like(double value) {
    return number(value);
  }

  private Term of(ScalarOp op, Term b) {
    return new Term(Expr.of(op, expr, b.expr));
  }

  private Term of(ScalarOp op) {
    return new Term(Expr.of(op, expr));
  }

  Term plus(Term b) {
    return of(ScalarOp.ADD, b);
  }

  Term plus(double b) {
    return plus(like(b));
  }

  Term plus(long b) {
    return plus(whole(b));
  }

  Term minus(Term b) {
    return of(ScalarOp.SUB, b);
  }

  Term minus(double b) {
    return minus(like(b));
  }

  Term minus(long b) {
    return minus(whole(b));
  }

  Term times(Term b) {
    return of(ScalarOp.MUL, b);
  }

  Term times(double b) {
    return times(like(b));
  }

  Term times(long b) {
    return times(whole(b));
  }

  Term over(Term b) {
    return of(ScalarOp.DIV, b);
  }

  Term over(double b) {
    return over(like(b));
  }

  /** this * b + c, rounded once. */
  Term fused(Term b, Term c) {
    return new Term(Expr.of(ScalarOp.FMA, expr, b.expr, c.expr));
  }

  Term squared() {
    return times(this);
  }

  Term negated() {
    return of(ScalarOp.NEG);
  }

  Term abs() {
    return of(ScalarOp.ABS);
  }

  Term sqrt() {
    return of(ScalarOp.SQRT);
  }

  Term floor() {
    return of(ScalarOp.FLOOR);
  }

  Term rounded() {
    return of(ScalarOp.ROUND);
  }

  Term withSignOf(Term b) {
    return of(ScalarOp.COPYSIGN, b);
  }

  /** The bit pattern. */
  Term bits() {
    return of(ScalarOp.TO_BITS);
  }

  /** The number with this bit pattern. */
  Term fromBits() {
    return of(ScalarOp.FROM_BITS);
  }

  /** The upper 32 bits with sign. */
  Term high() {
    return bits().shiftedRight(32);
  }

  /** The number with other upper 32 bits. */
  Term withHigh(Term high) {
    return bits().and(0xffffffffL).or(high.shiftedLeft(32)).fromBits();
  }

  /** The number with the lower 32 bits 0. */
  Term upper() {
    return bits().and(0xffffffff00000000L).fromBits();
  }

  /** Times a power of two, by adding to the exponent's bits. */
  Term scaled(Term exponent) {
    return bits().plus(exponent.shiftedLeft(52)).fromBits();
  }

  Term and(long mask) {
    return of(ScalarOp.AND, whole(mask));
  }

  Term or(Term b) {
    return of(ScalarOp.OR, b);
  }

  Term or(long b) {
    return or(whole(b));
  }

  Term and(Term b) {
    return of(ScalarOp.AND, b);
  }

  Term xor(long b) {
    return of(ScalarOp.XOR, whole(b));
  }

  Term not() {
    return new Term(Expr.of(ScalarOp.EQ, expr, Expr.constant(ComputeType.I32, 0L)));
  }

  Term shiftedLeft(long b) {
    return shiftedLeft(whole(b));
  }

  Term shiftedLeft(Term b) {
    return of(ScalarOp.SHL, b);
  }

  Term shiftedRight(long b) {
    return shiftedRight(whole(b));
  }

  Term shiftedRight(Term b) {
    return of(ScalarOp.SHR, b);
  }

  /** Shifted right without sign. */
  Term down(long b) {
    return down(whole(b));
  }

  Term down(Term b) {
    return of(ScalarOp.USHR, b);
  }

  Term isLess(Term b) {
    return of(ScalarOp.LT, b);
  }

  Term isLess(double b) {
    return isLess(like(b));
  }

  Term isLess(long b) {
    return isLess(whole(b));
  }

  Term isGreater(double b) {
    return of(ScalarOp.GT, like(b));
  }

  Term isGreater(Term b) {
    return of(ScalarOp.GT, b);
  }

  Term isGreater(long b) {
    return of(ScalarOp.GT, whole(b));
  }

  Term isAtLeast(double b) {
    return of(ScalarOp.GE, like(b));
  }

  Term isAtMost(double b) {
    return of(ScalarOp.LE, like(b));
  }

  Term is(Term b) {
    return of(ScalarOp.EQ, b);
  }

  Term is(double b) {
    return is(like(b));
  }

  Term is(long b) {
    return is(whole(b));
  }

  Term isNan() {
    return of(ScalarOp.NE, this);
  }

  /** Whether the sign bit is set. */
  Term isNegative() {
    return bits().isLess(0L);
  }

  /** Whether the upper 32 bits of a number that is not negative are at least these. */
  Term reaches(int high) {
    return of(bits(), ScalarOp.GE, whole((long) high << 32));
  }

  private static Term of(Term a, ScalarOp op, Term b) {
    return a.of(op, b);
  }

  /** One of two, as this condition says. */
  Term choose(Term yes, Term no) {
    return new Term(Expr.where(expr, yes.expr, no.expr));
  }

  Term choose(double yes, Term no) {
    return choose(number(yes), no);
  }

  Term choose(double yes, double no) {
    return choose(number(yes), number(no));
  }

  Term choose(Term yes, double no) {
    return choose(yes, number(no));
  }

  Term choose(long yes, long no) {
    return choose(whole(yes), whole(no));
  }

  /** Truncated to a whole number. */
  Term toWhole() {
    return new Term(Expr.cast(DType.I64, expr));
  }

  /** A whole number as a floating one. */
  Term toNumber() {
    return new Term(Expr.cast(DType.F64, expr));
  }

  /** c[0] + this * (c[1] + this * ...), each step rounded twice. */
  Term polynomial(double... c) {
    Term sum = number(c[c.length - 1]);
    for (int k = c.length - 2; k >= 0; k--) {
      sum = number(c[k]).plus(times(sum));
    }
    return sum;
  }

  /** The same with fused steps. */
  Term fusedPolynomial(double... c) {
    Term sum = number(c[c.length - 1]);
    for (int k = c.length - 2; k >= 0; k--) {
      sum = sum.fused(this, number(c[k]));
    }
    return sum;
  }
}
