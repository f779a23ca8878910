package io.gradus;

import io.gradus.exec.Outputs;
import io.gradus.op.Arithmetic;
import io.gradus.op.Bounds;
import io.gradus.op.Comparisons;
import io.gradus.op.Division;
import io.gradus.op.Functions;
import io.gradus.op.Rounding;
import io.gradus.tensor.dtype.Scalar;
import java.util.function.Supplier;

/**
 * Operations whose result goes into a given tensor, PyTorch's {@code out=}: {@code
 * Tensor.out(y).add(a, b)}.
 *
 * <p>The shapes must agree, only an empty target is resized; its dtype stays, and must be able to
 * take the result. The target must not overlap itself, nor partly overlap an operand. Nothing is
 * recorded: it is an error if an operand requires grad, but for inside of {@code noGrad}. Each
 * method returns the target. Arithmetic and comparisons write straight into it.
 */
public final class Out extends ComposedOut {
  private final Tensor target;

  Out(Tensor target) {
    this.target = target;
  }

  @Override
  public Tensor of(Supplier<Tensor> operation) {
    return Outputs.assign(target, operation.get());
  }

  /** {@code a + b}. */
  public Tensor add(Tensor a, Tensor b) {
    return Outputs.map(Arithmetic.ADD, target, new Tensor[] {a, b});
  }

  /** {@code a + b}. For a number b. */
  public Tensor add(Tensor a, Number b) {
    return Outputs.map(Arithmetic.ADD_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@code a - b}. */
  public Tensor sub(Tensor a, Tensor b) {
    return Outputs.map(Arithmetic.SUB, target, new Tensor[] {a, b});
  }

  /** {@code a - b}. For a number b. */
  public Tensor sub(Tensor a, Number b) {
    return Outputs.map(Arithmetic.SUB_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@code a * b}. */
  public Tensor mul(Tensor a, Tensor b) {
    return Outputs.map(Arithmetic.MUL, target, new Tensor[] {a, b});
  }

  /** {@code a * b}. For a number b. */
  public Tensor mul(Tensor a, Number b) {
    return Outputs.map(Arithmetic.MUL_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@code a / b}. */
  public Tensor div(Tensor a, Tensor b) {
    return Outputs.map(Division.DIV, target, new Tensor[] {a, b});
  }

  /** {@code a / b}. For a number b. */
  public Tensor div(Tensor a, Number b) {
    return Outputs.map(Division.DIV_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** What division rounded down leaves. */
  public Tensor remainder(Tensor a, Tensor b) {
    return Outputs.map(Division.REMAINDER, target, new Tensor[] {a, b});
  }

  /** What division rounded down leaves. For a number b. */
  public Tensor remainder(Tensor a, Number b) {
    return Outputs.map(Division.REMAINDER_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** What division toward zero leaves. */
  public Tensor fmod(Tensor a, Tensor b) {
    return Outputs.map(Division.FMOD, target, new Tensor[] {a, b});
  }

  /** What division toward zero leaves. For a number b. */
  public Tensor fmod(Tensor a, Number b) {
    return Outputs.map(Division.FMOD_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@code a / b rounded down}. */
  public Tensor floorDivide(Tensor a, Tensor b) {
    return Outputs.map(Division.FLOOR, target, new Tensor[] {a, b});
  }

  /** {@code a / b rounded down}. For a number b. */
  public Tensor floorDivide(Tensor a, Number b) {
    return Outputs.map(Division.FLOOR_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@code a to the power b}. */
  public Tensor pow(Tensor a, Tensor b) {
    return Outputs.map(Arithmetic.POW, target, new Tensor[] {a, b});
  }

  /** a to the power of a number. */
  public Tensor pow(Tensor a, Number b) {
    Operands.checkExponent(a, b);
    return Outputs.map(Arithmetic.POW_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** The larger one. */
  public Tensor maximum(Tensor a, Tensor b) {
    return Outputs.map(Bounds.MAXIMUM, target, new Tensor[] {a, b});
  }

  /** The smaller one. */
  public Tensor minimum(Tensor a, Tensor b) {
    return Outputs.map(Bounds.MINIMUM, target, new Tensor[] {a, b});
  }

  /** The angle of the point (b, a). */
  public Tensor atan2(Tensor a, Tensor b) {
    return Outputs.map(Functions.ATAN2, target, new Tensor[] {a, b});
  }

  /** {@link Tensor#eq(Tensor)}. */
  public Tensor eq(Tensor a, Tensor b) {
    return Outputs.map(Comparisons.EQ, target, new Tensor[] {a, b});
  }

  /** {@link Tensor#eq(Number)}. */
  public Tensor eq(Tensor a, Number b) {
    return Outputs.map(Comparisons.EQ_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@link Tensor#ne(Tensor)}. */
  public Tensor ne(Tensor a, Tensor b) {
    return Outputs.map(Comparisons.NE, target, new Tensor[] {a, b});
  }

  /** {@link Tensor#ne(Number)}. */
  public Tensor ne(Tensor a, Number b) {
    return Outputs.map(Comparisons.NE_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@link Tensor#lt(Tensor)}. */
  public Tensor lt(Tensor a, Tensor b) {
    return Outputs.map(Comparisons.LT, target, new Tensor[] {a, b});
  }

  /** {@link Tensor#lt(Number)}. */
  public Tensor lt(Tensor a, Number b) {
    return Outputs.map(Comparisons.LT_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@link Tensor#le(Tensor)}. */
  public Tensor le(Tensor a, Tensor b) {
    return Outputs.map(Comparisons.LE, target, new Tensor[] {a, b});
  }

  /** {@link Tensor#le(Number)}. */
  public Tensor le(Tensor a, Number b) {
    return Outputs.map(Comparisons.LE_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@link Tensor#gt(Tensor)}. */
  public Tensor gt(Tensor a, Tensor b) {
    return Outputs.map(Comparisons.GT, target, new Tensor[] {a, b});
  }

  /** {@link Tensor#gt(Number)}. */
  public Tensor gt(Tensor a, Number b) {
    return Outputs.map(Comparisons.GT_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@link Tensor#ge(Tensor)}. */
  public Tensor ge(Tensor a, Tensor b) {
    return Outputs.map(Comparisons.GE, target, new Tensor[] {a, b});
  }

  /** {@link Tensor#ge(Number)}. */
  public Tensor ge(Tensor a, Number b) {
    return Outputs.map(Comparisons.GE_NUMBER, target, new Tensor[] {a}, Scalar.of(b));
  }

  /** {@link Tensor#neg()}. */
  public Tensor neg(Tensor a) {
    return Outputs.map(Arithmetic.NEG, target, new Tensor[] {a});
  }

  /** {@link Tensor#abs()}. */
  public Tensor abs(Tensor a) {
    return Outputs.map(Arithmetic.ABS, target, new Tensor[] {a});
  }

  /** {@link Tensor#sign()}. */
  public Tensor sign(Tensor a) {
    return Outputs.map(Arithmetic.SIGN, target, new Tensor[] {a});
  }

  /** {@link Tensor#reciprocal()}. */
  public Tensor reciprocal(Tensor a) {
    return Outputs.map(Division.RECIPROCAL, target, new Tensor[] {a});
  }

  /** {@link Tensor#exp()}. */
  public Tensor exp(Tensor a) {
    return Outputs.map(Functions.EXP, target, new Tensor[] {a});
  }

  /** {@link Tensor#log()}. */
  public Tensor log(Tensor a) {
    return Outputs.map(Functions.LOG, target, new Tensor[] {a});
  }

  /** {@link Tensor#sqrt()}. */
  public Tensor sqrt(Tensor a) {
    return Outputs.map(Functions.SQRT, target, new Tensor[] {a});
  }

  /** {@link Tensor#sin()}. */
  public Tensor sin(Tensor a) {
    return Outputs.map(Functions.SIN, target, new Tensor[] {a});
  }

  /** {@link Tensor#cos()}. */
  public Tensor cos(Tensor a) {
    return Outputs.map(Functions.COS, target, new Tensor[] {a});
  }

  /** {@link Tensor#tanh()}. */
  public Tensor tanh(Tensor a) {
    return Outputs.map(Functions.TANH, target, new Tensor[] {a});
  }

  /** {@link Tensor#sigmoid()}. */
  public Tensor sigmoid(Tensor a) {
    return Outputs.map(Functions.SIGMOID, target, new Tensor[] {a});
  }

  /** {@link Tensor#erf()}. */
  public Tensor erf(Tensor a) {
    return Outputs.map(Functions.ERF, target, new Tensor[] {a});
  }

  /** {@link Tensor#floor()}. */
  public Tensor floor(Tensor a) {
    return Outputs.map(Rounding.FLOOR, target, new Tensor[] {a});
  }

  /** {@link Tensor#ceil()}. */
  public Tensor ceil(Tensor a) {
    return Outputs.map(Rounding.CEIL, target, new Tensor[] {a});
  }

  /** {@link Tensor#round()}. */
  public Tensor round(Tensor a) {
    return Outputs.map(Rounding.ROUND, target, new Tensor[] {a});
  }

  /** {@link Tensor#trunc()}. */
  public Tensor trunc(Tensor a) {
    return Outputs.map(Rounding.TRUNC, target, new Tensor[] {a});
  }
}
