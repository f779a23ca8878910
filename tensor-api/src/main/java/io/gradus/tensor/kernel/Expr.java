package io.gradus.tensor.kernel;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import org.jspecify.annotations.Nullable;

/**
 * A computation on single numbers: the body of an elementwise loop.
 *
 * <p>Every node has a compute type. Nodes are hash-consed: structurally equal expressions are the
 * same object, so equality is identity, a shared subexpression is computed once, and hashing never
 * walks the graph. Build them with the static methods here, which check types.
 */
public sealed interface Expr {
  /** The type of the value. */
  ComputeType type();

  /** How many expressions it is computed from. */
  default int arguments() {
    return 0;
  }

  /** Expression {@code k} of those that it is computed from. */
  default Expr argument(int k) {
    throw new IndexOutOfBoundsException(this + " has no argument " + k);
  }

  /** The element of input operand {@code index}, widened to its compute type. */
  record Input(int index, ComputeType type) implements Expr {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Input e && index == e.index && type == e.type;
    }

    @Override
    public int hashCode() {
      return 31 * index + type.hashCode();
    }
  }

  /**
   * A number given per call (a learning rate, a seed): no part of the program's identity, so that
   * nothing is compiled anew when it changes. See {@link Params} for its encoding.
   */
  record Param(int index, ComputeType type) implements Expr {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Param e && index == e.index && type == e.type;
    }

    @Override
    public int hashCode() {
      return 31 * index + type.hashCode();
    }
  }

  /**
   * A constant.
   *
   * @param bits {@code Double.doubleToRawLongBits} for the floating types, else the whole number
   */
  record Const(ComputeType type, long bits) implements Expr {
    /** The value of a floating constant. */
    public double toDouble() {
      return type.isFloating() ? Double.longBitsToDouble(bits) : (double) bits;
    }

    /** The value of an integer constant. */
    public long toLong() {
      return type.isFloating() ? (long) Double.longBitsToDouble(bits) : bits;
    }

    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Const e && bits == e.bits && type == e.type;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(bits) + type.hashCode();
    }
  }

  /** The coordinate along an axis of the kernel's shape. */
  record Index(int axis) implements Expr {
    @Override
    public ComputeType type() {
      return ComputeType.I64;
    }
  }

  /** The result of an earlier reduction stage for the row at hand; only in {@link Kernel.Rows}. */
  record Reduced(int stage, ComputeType type) implements Expr {}

  /** An operation on other expressions; compared by identity. */
  final class Apply implements Expr {
    private final ScalarOp op;
    private final ComputeType type;
    private final Expr a;
    private final @Nullable Expr b;
    private final @Nullable Expr c;

    Apply(ScalarOp op, ComputeType type, Expr a, @Nullable Expr b, @Nullable Expr c) {
      this.op = op;
      this.type = type;
      this.a = a;
      this.b = b;
      this.c = c;
    }

    /** The operation. */
    public ScalarOp op() {
      return op;
    }

    @Override
    public ComputeType type() {
      return type;
    }

    /** Argument {@code k}, counting from 0. */
    public Expr arg(int k) {
      Expr e = k == 0 ? a : k == 1 ? b : c;
      if (e == null) {
        throw new IndexOutOfBoundsException(op + " has no argument " + k);
      }
      return e;
    }

    @Override
    public int arguments() {
      return op.arity();
    }

    @Override
    public Expr argument(int k) {
      return arg(k);
    }

    /** The type of the arguments that decide the loop: that of the last one. */
    public ComputeType operandType() {
      return arg(op.arity() - 1).type();
    }

    @Override
    public String toString() {
      return ExprTable.print(this);
    }
  }

  /**
   * Conversion to a dtype: the value is rounded, truncated or wrapped to it and held in its compute
   * type; compared by identity.
   *
   * <p>Float to integer truncates toward zero; what does not fit is converted to {@code i64}
   * saturating (NaN is 0) and wrapped from there. Anything but 0 (NaN too) becomes true.
   */
  final class Cast implements Expr {
    private final DType to;
    private final Expr arg;

    Cast(DType to, Expr arg) {
      this.to = to;
      this.arg = arg;
    }

    /** The dtype. */
    public DType to() {
      return to;
    }

    /** The converted expression. */
    public Expr arg() {
      return arg;
    }

    @Override
    public int arguments() {
      return 1;
    }

    @Override
    public Expr argument(int k) {
      return arg;
    }

    @Override
    public ComputeType type() {
      return to.compute();
    }

    @Override
    public String toString() {
      return ExprTable.print(this);
    }
  }

  /** Input {@code index}. */
  static Expr input(int index, ComputeType type) {
    return new Input(index, type);
  }

  /** Param {@code index}. */
  static Expr param(int index, ComputeType type) {
    return new Param(index, type);
  }

  /** A constant; for integer types the value must be whole. */
  static Expr constant(ComputeType type, double value) {
    return new Const(
        type,
        type.isFloating()
            ? Double.doubleToRawLongBits(type == ComputeType.F32 ? (float) value : value)
            : (long) value);
  }

  /** A whole-number constant of any type. */
  static Expr constant(ComputeType type, long value) {
    return type.isFloating() ? constant(type, (double) value) : new Const(type, value);
  }

  /** The coordinate along an axis. */
  static Expr index(int axis) {
    return new Index(axis);
  }

  /** The value of reduction stage {@code stage} for the row at hand. */
  static Expr reduced(int stage, ComputeType type) {
    return new Reduced(stage, type);
  }

  /** An operation of one argument. */
  static Expr of(ScalarOp op, Expr a) {
    return ExprTable.apply(op, a, null, null);
  }

  /** An operation of two arguments. */
  static Expr of(ScalarOp op, Expr a, Expr b) {
    return ExprTable.apply(op, a, b, null);
  }

  /** An operation of three arguments. */
  static Expr of(ScalarOp op, Expr a, Expr b, Expr c) {
    return ExprTable.apply(op, a, b, c);
  }

  /** {@code ifTrue} where {@code condition} is not 0, else {@code ifFalse}. */
  static Expr where(Expr condition, Expr ifTrue, Expr ifFalse) {
    return of(ScalarOp.WHERE, condition, ifTrue, ifFalse);
  }

  /** Conversion to a dtype; the expression itself where that changes nothing. */
  static Expr cast(DType to, Expr arg) {
    return ExprTable.cast(to, arg);
  }
}
