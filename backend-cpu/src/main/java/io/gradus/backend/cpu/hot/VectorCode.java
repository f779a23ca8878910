package io.gradus.backend.cpu.hot;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.ScalarOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytecode for expressions of {@code f32}, and of {@code i32} in between, on vectors: one local
 * variable a node. A truth value is a mask, and a vector of 0 and 1 only where it is used as a
 * number.
 *
 * <p>The instructions are those of the loops that are generated when this module is built, so the
 * results have the same bits.
 */
final class VectorCode {
  private static final String PACKAGE = "jdk.incubator.vector.";
  static final ClassDesc FLOATS = ClassDesc.of(PACKAGE + "FloatVector");
  static final ClassDesc SPECIES = ClassDesc.of(PACKAGE + "VectorSpecies");
  private static final ClassDesc INTS = ClassDesc.of(PACKAGE + "IntVector");
  private static final ClassDesc VECTOR = ClassDesc.of(PACKAGE + "Vector");
  private static final ClassDesc MASK = ClassDesc.of(PACKAGE + "VectorMask");
  private static final ClassDesc OPERATORS = ClassDesc.of(PACKAGE + "VectorOperators");
  private static final ClassDesc BINARY = OPERATORS.nested("Binary");
  private static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");
  private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
  private static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");

  private final CodeBuilder c;
  private final Map<Expr, Integer> values = new HashMap<>();
  private final Map<Expr, Integer> masks = new HashMap<>();

  VectorCode(CodeBuilder c) {
    this.c = c;
  }

  /** Whether a node of an expression can be computed here, if those it is computed from can. */
  static boolean supports(Expr e) {
    return switch (e) {
      case Expr.Input x -> x.type() == ComputeType.F32;
      case Expr.Param x -> x.type() == ComputeType.F32;
      case Expr.Const x -> is32(x.type());
      case Expr.Apply x -> is32(x.type()) && is32(x.operandType()) && supports(x);
      case Expr.Cast x -> x.to() == DType.F32 && x.arg().type() == ComputeType.I32;
      case Expr.Index _, Expr.Reduced _ -> false;
    };
  }

  private static boolean is32(ComputeType type) {
    return type == ComputeType.F32 || type == ComputeType.I32;
  }

  private static boolean supports(Expr.Apply x) {
    boolean floats = x.operandType() == ComputeType.F32;
    return switch (x.op()) {
      case ADD, SUB, MUL, MIN, MAX, NEG, ABS, EQ, NE, LT, LE, GT, GE, WHERE -> true;
      case DIV, FMA, SQRT, COPYSIGN, SIGN, TO_BITS -> floats;
      case FROM_BITS, AND, OR, XOR, NOT -> !floats;
      case SHL, SHR, USHR -> !floats && x.arg(1) instanceof Expr.Const;
      default -> false;
    };
  }

  /** Says in which local variable an input or a param lies. */
  void given(Expr leaf, int local) {
    values.put(leaf, local);
  }

  /** Puts the constants of expressions into local variables; to be called before the loop. */
  void constants(List<Expr> roots) {
    for (Expr e : ExprGraph.postOrder(roots)) {
      if (e instanceof Expr.Const x) {
        if (x.type() == ComputeType.F32) {
          c.loadConstant((float) x.toDouble());
          broadcast(x);
        } else {
          number(x.toLong());
        }
      }
    }
    number(0);
    number(1);
  }

  private void number(long value) {
    Expr x = Expr.constant(ComputeType.I32, value);
    if (!values.containsKey(x)) {
      c.loadConstant((int) value);
      broadcast(x);
    }
  }

  /** Makes the number on the stack the value of a leaf, in all lanes. */
  void broadcast(Expr leaf) {
    ComputeType type = leaf.type();
    boolean floats = type == ComputeType.F32;
    int number = c.allocateLocal(floats ? TypeKind.FLOAT : TypeKind.INT);
    c.storeLocal(floats ? TypeKind.FLOAT : TypeKind.INT, number);
    species(type);
    c.loadLocal(floats ? TypeKind.FLOAT : TypeKind.INT, number);
    c.invokestatic(
        vector(type),
        "broadcast",
        MethodTypeDesc.of(vector(type), SPECIES, floats ? CD_float : CD_int));
    values.put(leaf, store());
  }

  /** The species of vectors of a type. */
  void species(ComputeType type) {
    c.getstatic(vector(type), "SPECIES_PREFERRED", SPECIES);
  }

  private static ClassDesc vector(ComputeType type) {
    return type == ComputeType.F32 ? FLOATS : INTS;
  }

  /** Takes what is on the stack into a new local variable. */
  int store() {
    int local = c.allocateLocal(TypeKind.REFERENCE);
    c.astore(local);
    return local;
  }

  /** Computes an expression; gives the local variable that holds it. */
  int value(Expr root) {
    for (Expr e : ExprGraph.postOrder(List.of(root))) {
      if (e == root || !isTruth(e)) {
        compute(e);
      }
    }
    return at(root);
  }

  private int at(Expr e) {
    Integer local = values.get(e);
    if (local == null) {
      compute(e);
      local = values.get(e);
    }
    if (local == null) {
      throw new IllegalStateException("no value of " + e);
    }
    return local;
  }

  private void compute(Expr e) {
    if (!values.containsKey(e)) {
      if (e instanceof Expr.Cast x) {
        convert(x.arg());
      } else if (isTruth(e)) {
        int mask = mask(e, ComputeType.I32);
        load(Expr.constant(ComputeType.I32, 0L), Expr.constant(ComputeType.I32, 1L));
        c.aload(mask);
        call(INTS, "blend", INTS, VECTOR, MASK);
      } else {
        apply((Expr.Apply) e);
      }
      values.put(e, store());
    }
  }

  private static boolean isTruth(Expr e) {
    return e instanceof Expr.Apply x
        && (isComparison(x.op())
            || (x.op() == ScalarOp.AND || x.op() == ScalarOp.OR)
                && isTruth(x.arg(0))
                && isTruth(x.arg(1)));
  }

  private static boolean isComparison(ScalarOp op) {
    return switch (op) {
      case EQ, NE, LT, LE, GT, GE -> true;
      default -> false;
    };
  }

  /** The type of the vectors that a mask belongs to. */
  private static ComputeType maskType(Expr e) {
    return !isTruth(e)
        ? ComputeType.I32
        : isComparison(((Expr.Apply) e).op())
            ? ((Expr.Apply) e).operandType()
            : maskType(((Expr.Apply) e).arg(0));
  }

  /** A mask that is set where an expression is not 0. */
  private int mask(Expr e) {
    Integer known = masks.get(e);
    if (known != null) {
      return known;
    }
    if (!isTruth(e)) {
      compare("NE", e, Expr.constant(ComputeType.I32, 0));
    } else {
      Expr.Apply x = (Expr.Apply) e;
      if (isComparison(x.op())) {
        compare(x.op().name(), x.arg(0), x.arg(1));
      } else {
        int a = mask(x.arg(0));
        int b = mask(x.arg(1), maskType(x));
        c.aload(a);
        c.aload(b);
        call(MASK, x.op() == ScalarOp.AND ? "and" : "or", MASK, MASK);
      }
    }
    int made = store();
    masks.put(e, made);
    return made;
  }

  private void compare(String operator, Expr a, Expr b) {
    int x = at(a);
    int y = at(b);
    c.aload(x);
    c.getstatic(OPERATORS, operator, COMPARISON);
    c.aload(y);
    call(vector(a.type()), "compare", MASK, COMPARISON, VECTOR);
  }

  /** As {@link #mask(Expr)}, for vectors of a type. */
  private int mask(Expr e, ComputeType type) {
    int mask = mask(e);
    if (maskType(e) == type) {
      return mask;
    }
    c.aload(mask);
    species(type);
    call(MASK, "cast", MASK, SPECIES);
    return store();
  }

  private void call(ClassDesc owner, String name, ClassDesc result, ClassDesc... arguments) {
    c.invokevirtual(owner, name, MethodTypeDesc.of(result, arguments));
  }

  /** Leaves the result on the stack. */
  private void apply(Expr.Apply x) {
    ClassDesc type = vector(x.operandType());
    switch (x.op()) {
      case ADD -> binary(type, "add", x);
      case SUB -> binary(type, "sub", x);
      case MUL -> binary(type, "mul", x);
      case DIV -> binary(type, "div", x);
      case MIN -> binary(type, "min", x);
      case MAX -> binary(type, "max", x);
      case AND -> binary(type, "and", x);
      case OR -> binary(type, "or", x);
      case NEG -> unary(type, "neg", type, x);
      case ABS -> unary(type, "abs", type, x);
      case NOT -> unary(type, "not", type, x);
      case SQRT -> unary(type, "sqrt", type, x);
      case TO_BITS -> unary(type, "reinterpretAsInts", INTS, x);
      case FROM_BITS -> unary(type, "reinterpretAsFloats", FLOATS, x);
      case FMA -> {
        load(x.arg(0), x.arg(1), x.arg(2));
        call(type, "fma", type, VECTOR, VECTOR);
      }
      case XOR -> {
        int a = at(x.arg(0));
        int b = at(x.arg(1));
        c.aload(a);
        c.getstatic(OPERATORS, "XOR", ASSOCIATIVE);
        c.aload(b);
        call(type, "lanewise", type, BINARY, VECTOR);
      }
      case SHL -> shift("LSHL", x);
      case SHR -> shift("ASHR", x);
      case USHR -> shift("LSHR", x);
      case WHERE -> {
        int mask = mask(x.arg(0), x.type());
        load(x.arg(2), x.arg(1));
        c.aload(mask);
        call(vector(x.type()), "blend", vector(x.type()), VECTOR, MASK);
      }
      case COPYSIGN -> {
        bits(x.arg(0), Integer.MAX_VALUE);
        bits(x.arg(1), Integer.MIN_VALUE);
        call(INTS, "or", INTS, VECTOR);
        call(INTS, "reinterpretAsFloats", FLOATS);
      }
      case SIGN -> {
        int a = at(x.arg(0));
        c.aload(a);
        one(1f, a, "GT");
        one(-1f, a, "LT");
      }
      default -> throw new IllegalArgumentException(x.op() + " has no vector code");
    }
  }

  private void load(Expr... arguments) {
    int[] at = new int[arguments.length];
    for (int k = 0; k < at.length; k++) {
      at[k] = at(arguments[k]);
    }
    for (int local : at) {
      c.aload(local);
    }
  }

  private void unary(ClassDesc type, String name, ClassDesc result, Expr.Apply x) {
    load(x.arg(0));
    call(type, name, result);
  }

  private void binary(ClassDesc type, String name, Expr.Apply x) {
    load(x.arg(0), x.arg(1));
    call(type, name, type, VECTOR);
  }

  private void shift(String operator, Expr.Apply x) {
    load(x.arg(0));
    c.getstatic(OPERATORS, operator, BINARY);
    c.loadConstant((int) ((Expr.Const) x.arg(1)).toLong());
    call(INTS, "lanewise", INTS, BINARY, CD_int);
  }

  private void bits(Expr e, int kept) {
    load(e);
    call(FLOATS, "reinterpretAsInts", INTS);
    c.loadConstant(kept);
    call(INTS, "and", INTS, CD_int);
  }

  /** Puts a number into those lanes of the vector on the stack where another compares so to 0. */
  private void one(float number, int compared, String operator) {
    c.loadConstant(number);
    c.aload(compared).getstatic(OPERATORS, operator, COMPARISON).fconst_0();
    call(FLOATS, "compare", MASK, COMPARISON, CD_float);
    call(FLOATS, "blend", FLOATS, CD_float, MASK);
  }

  /** Whole numbers to the nearest {@code f32}. */
  private void convert(Expr whole) {
    load(whole);
    c.getstatic(OPERATORS, "I2F", CONVERSION);
    species(ComputeType.F32);
    c.iconst_0();
    call(INTS, "convertShape", VECTOR, CONVERSION, SPECIES, CD_int);
    c.checkcast(FLOATS);
  }
}
