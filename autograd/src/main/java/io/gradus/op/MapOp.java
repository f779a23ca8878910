package io.gradus.op;

import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A pointwise operation: a name, a dtype rule, and a body that is instantiated for the dtypes of a
 * call.
 *
 * <p>The body receives its operands already converted to the common compute type (conditions, the
 * last {@link #conditions} inputs, as I32 and outside of promotion).
 */
public final class MapOp {
  /** Builds the expression of the result. */
  @FunctionalInterface
  public interface Body {
    /**
     * The result in the compute type of {@code common}; I32 for {@link TypeRule#BOOL}.
     *
     * @param in operands
     * @param p numbers given per call
     * @param common the dtype that is computed in
     */
    Expr apply(Expr[] in, Expr[] p, DType common);
  }

  // Written out: the methods that records come with take milliseconds to be made.
  private record Key(List<DType> inputs, DType common, DType result) {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Key k
          && common == k.common
          && result == k.result
          && inputs.equals(k.inputs);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * inputs.hashCode() + common.hashCode()) + result.hashCode();
    }
  }

  private final String name;
  private final String gradName;
  private final int inputs;
  private final int params;
  private final int conditions;
  private final TypeRule rule;
  private final Body body;
  private final Map<Category, String> refused = new EnumMap<>(Category.class);
  private @Nullable String refusedBool;
  private boolean refusesHalves;
  private int settings;
  private boolean divides;
  private boolean dividesNumber;
  private boolean bound;
  private boolean rounding;

  private final @Nullable MapProgram[] sameDtype = new MapProgram[DType.values().length];
  private final Map<Key, MapProgram> programs = new ConcurrentHashMap<>();

  private MapOp(
      String name,
      String gradName,
      int inputs,
      int params,
      int conditions,
      TypeRule rule,
      Body body) {
    this.name = name;
    this.gradName = gradName;
    this.inputs = inputs;
    this.params = params;
    this.conditions = conditions;
    this.rule = rule;
    this.body = body;
  }

  /**
   * An operation.
   *
   * @param name for messages, as PyTorch's function
   * @param gradName of its node, such as {@code AddBackward0}
   */
  public static MapOp of(
      String name, String gradName, int inputs, int params, TypeRule rule, Body body) {
    return new MapOp(name, gradName, inputs, params, 0, rule, body);
  }

  /** An operation whose last inputs are conditions (bool), which do not take part in promotion. */
  public static MapOp conditional(
      String name, String gradName, int inputs, int params, int conditions, Body body) {
    return new MapOp(name, gradName, inputs, params, conditions, TypeRule.PROMOTE, body);
  }

  /** Refuses a common dtype of this category with a message. */
  public MapOp refusing(Category category, String message) {
    refused.put(category, message);
    return this;
  }

  /** Refuses a common dtype of this category as PyTorch does where it has no kernel. */
  public MapOp unimplemented(Category... categories) {
    for (Category c : categories) {
      refused.put(c, "");
    }
    return this;
  }

  /** Exists for floating dtypes only. */
  public MapOp floating() {
    return unimplemented(Category.BOOL, Category.INT);
  }

  /** Does not exist for f16 and bf16, as in PyTorch where it has no kernel. */
  public MapOp unimplementedForHalves() {
    refusesHalves = true;
    return this;
  }

  /** Refuses tensors of dtype bool even where the common dtype is another one. */
  public MapOp refusingBoolOperands(String message) {
    refusedBool = message;
    return this;
  }

  /** The last {@code n} numbers are settings that take no part in promotion. */
  public MapOp settings(int n) {
    settings = n;
    return this;
  }

  /** The number, or the last operand if there is none, divides: whole ones must not be 0. */
  public MapOp dividing() {
    divides = true;
    return this;
  }

  /** The operand divides the number. */
  public MapOp dividingNumber() {
    divides = true;
    dividesNumber = true;
    return this;
  }

  /** Numbers are stored with the result, so that they must be values of its dtype. */
  public MapOp bounded() {
    bound = true;
    return this;
  }

  /** For messages. */
  public String name() {
    return name;
  }

  /** The name of its node in the graph. */
  public String gradName() {
    return gradName;
  }

  /** The number of tensors it takes. */
  public int inputs() {
    return inputs;
  }

  /** The number of plain numbers it takes. */
  public int params() {
    return params;
  }

  /**
   * Numbers are rounded to f16 or bf16 where it computes on those, as PyTorch does in sums,
   * differences and powers, though not in products.
   */
  public MapOp roundingNumbers() {
    rounding = true;
    return this;
  }

  /** Whether numbers are rounded to the common dtype, see {@link #roundingNumbers()}. */
  public boolean roundsNumbers() {
    return rounding;
  }

  /** How many of the numbers, counted from the first, take part in promotion. */
  public int promotingParams() {
    return params - settings;
  }

  /** Whether whole-number divisors have to be checked. */
  public boolean divides() {
    return divides;
  }

  /** Whether the divisor is a number and not an operand. */
  public boolean divisorIsNumber() {
    return params > 0 && !dividesNumber;
  }

  /** Whether numbers must be values of the common dtype, see {@link #bounded()}. */
  public boolean isBounded() {
    return bound;
  }

  /** Whether it takes nothing but plain operands, and needs no check of their values. */
  public boolean isPlain() {
    return params == 0 && conditions == 0 && !divides;
  }

  /** Refuses operands that the operation does not take whatever they promote to. */
  public void checkOperand(DType dtype) {
    if (refusedBool != null && dtype == DType.BOOL) {
      throw new DTypeException("[" + name + "] " + refusedBool);
    }
  }

  /** How many of the last inputs are conditions. */
  public int conditions() {
    return conditions;
  }

  /**
   * The dtype it computes in for operands that promote to {@code promoted}.
   *
   * @throws DTypeException where the operation is not defined for it
   */
  public DType common(DType promoted) {
    boolean refusedHalf = refusesHalves && promoted.isFloating() && promoted.isNarrow();
    String message = refusedHalf ? "" : refused.get(promoted.category());
    if (message != null) {
      throw new DTypeException(
          message.isEmpty()
              ? "[%s] \"%s\" not implemented for '%s'; convert the operands first"
                  .formatted(name, name, TypeNames.of(promoted))
              : "[" + name + "] " + message + ": dtype " + promoted);
    }
    return rule == TypeRule.FLOAT && !promoted.isFloating() ? Promotion.defaultDType() : promoted;
  }

  /** The dtype of the result when it computes in {@code common}. */
  public DType result(DType common) {
    return rule == TypeRule.BOOL ? DType.BOOL : common;
  }

  /**
   * The program for operands that all have one dtype; no conditions, no params in integer types.
   */
  public MapProgram same(DType dtype) {
    MapProgram p = sameDtype[dtype.ordinal()];
    // The default dtype may change, and with it what FLOAT makes of whole numbers.
    if (p == null || rule == TypeRule.FLOAT && !dtype.isFloating()) {
      DType[] in = new DType[inputs];
      Arrays.fill(in, dtype);
      DType common = common(dtype);
      p = program(in, common, result(common));
      sameDtype[dtype.ordinal()] = p;
    }
    return p;
  }

  /** The program for operands of these dtypes, computing in one dtype, writing another. */
  public MapProgram program(DType[] in, DType common, DType result) {
    return programs.computeIfAbsent(
        new Key(List.of(in), common, result), k -> build(k.inputs, common, result));
  }

  private MapProgram build(List<DType> in, DType common, DType result) {
    List<ComputeType> types = new ArrayList<>();
    Expr[] args = new Expr[inputs];
    for (int i = 0; i < inputs; i++) {
      ComputeType type = in.get(i).compute();
      types.add(type);
      args[i] = Expr.input(i, type);
      args[i] =
          i >= inputs - conditions ? asCondition(args[i]) : convert(args[i], in.get(i), common);
    }
    Expr[] numbers = new Expr[params];
    for (int i = 0; i < params; i++) {
      numbers[i] = Expr.param(i, common.compute());
    }
    Expr value = body.apply(args, numbers, common);
    if (value.type() != result.compute() || result.category() != natural(common).category()) {
      value = Expr.cast(result, value);
    }
    return new MapProgram(gradName, Program.of(types, value), List.of(result));
  }

  private DType natural(DType common) {
    return rule == TypeRule.BOOL ? DType.BOOL : common;
  }

  private static Expr asCondition(Expr e) {
    return e.type() == ComputeType.I32 ? e : Expr.cast(DType.BOOL, e);
  }

  /** Through the dtype itself where that rounds or wraps: an f64 operand of an f16 operation. */
  private static Expr convert(Expr e, DType from, DType to) {
    return from == to || from.compute() == to.compute() && !to.isNarrow() ? e : Expr.cast(to, e);
  }

  @Override
  public String toString() {
    return name;
  }
}
