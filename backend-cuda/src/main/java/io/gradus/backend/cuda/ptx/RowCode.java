package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Evaluates a program's expressions at the elements of one result. */
final class RowCode {
  private final PtxCode code;
  private final IndexMath math;
  private final MemoryCode memory;
  private final WalkCode kept;
  private final WalkCode reduced;
  private final List<DType> dtypes;
  private final List<Integer> places;
  private final List<Value> bases = new ArrayList<>();
  private final Map<Expr, Value> params;
  private Value[] row = new Value[0];

  /**
   * Declares the parameters: both walks, addresses of all operands, the program's params.
   *
   * @param dtypes of all operands, inputs first
   */
  RowCode(
      PtxCode code,
      IndexMath math,
      int keptRank,
      int reducedRank,
      List<DType> dtypes,
      List<Integer> places,
      Lowered lowered) {
    this.code = code;
    this.math = math;
    this.memory = new MemoryCode(code);
    this.dtypes = dtypes;
    this.places = places;
    this.kept = new WalkCode(math, keptRank, dtypes.size());
    this.reduced = new WalkCode(math, reducedRank, dtypes.size());
    for (int k = 0; k < dtypes.size(); k++) {
      bases.add(code.address());
    }
    this.params = lowered.parameters(code);
  }

  /** Turns to a result. */
  void turnTo(Value group) {
    row = kept.coordinates(group);
    for (int k = 0; k < bases.size(); k++) {
      bases.set(k, math.element(bases.get(k), kept.offset(k, row), dtypes.get(k).byteSize()));
    }
  }

  /** The address of an operand that has one element a result. */
  Value narrow(int operand) {
    return bases.get(operand);
  }

  /** The place of an element. */
  final class Element {
    private final Value position;
    private final Value[] at;

    /** What the expressions are at this element. */
    final ExprCode values;

    private Element(Value position, Map<Expr, Value> stages) {
      this.position = position;
      this.at = reduced.coordinates(position);
      this.values = new ExprCode(code, e -> leaf(e, stages));
    }

    Value position() {
      return math.toI64(position);
    }

    Value address(int operand) {
      return math.element(
          bases.get(operand), reduced.offset(operand, at), dtypes.get(operand).byteSize());
    }

    private Value leaf(Expr e, Map<Expr, Value> stages) {
      return switch (e) {
        case Expr.Input x -> memory.load(dtypes.get(x.index()), address(x.index()));
        case Expr.Index x -> {
          int place = places.get(x.axis());
          yield math.toI64(place >= 0 ? row[place] : at[~place]);
        }
        case Expr.Param x -> Leaves.of(params, x);
        case Expr.Reduced x -> Leaves.of(stages, x);
        case Expr.Const x -> throw Leaves.unexpected(x);
        case Expr.Apply x -> throw Leaves.unexpected(x);
        case Expr.Cast x -> throw Leaves.unexpected(x);
      };
    }
  }

  Element at(Value position, Map<Expr, Value> stages) {
    return new Element(position, stages);
  }
}
