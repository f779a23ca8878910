package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.List;

/**
 * How elements meet in a reduction: a state of one or two registers.
 *
 * <p>{@code f32} sums and products are held in {@code f64}, which makes them better than the
 * contract asks and nearly independent of their order. Positions decide between equal candidates,
 * so that their order does not matter either.
 */
final class FoldCode {
  private final PtxCode code;
  private final ReduceOp op;
  private final ComputeType type;

  FoldCode(PtxCode code, ReduceOp op, ComputeType type) {
    this.code = code;
    this.op = op;
    this.type = type;
  }

  /** What the state of a reduction consists of. */
  static List<RegisterType> state(ReduceOp op, ComputeType type) {
    return switch (op) {
      case SUM, PROD -> List.of(type == ComputeType.F32 ? RegisterType.F64 : RegisterType.of(type));
      case MIN, MAX -> List.of(RegisterType.of(type));
      case ARGMIN, ARGMAX -> List.of(RegisterType.of(type), RegisterType.B64);
      case ANY, ALL -> List.of(RegisterType.B32);
    };
  }

  static ComputeType resultType(ReduceOp op, ComputeType type) {
    return switch (op) {
      case SUM, PROD, MIN, MAX -> type;
      case ARGMIN, ARGMAX -> ComputeType.I64;
      case ANY, ALL -> ComputeType.I32;
    };
  }

  /** Fresh registers with the state of no elements. */
  Value[] start() {
    return switch (op) {
      case SUM -> new Value[] {code.copy(Value.of(sumType(), 0))};
      case PROD -> new Value[] {code.copy(Value.of(sumType(), 1))};
      case MIN -> new Value[] {code.copy(largest())};
      case MAX -> new Value[] {code.copy(smallest())};
      case ARGMIN, ARGMAX -> new Value[] {code.copy(Value.of(type, 0)), code.copy(Value.of(-1L))};
      case ANY -> new Value[] {code.copy(Value.of(0))};
      case ALL -> new Value[] {code.copy(Value.of(1))};
    };
  }

  private ComputeType sumType() {
    return type == ComputeType.F32 ? ComputeType.F64 : type;
  }

  private Value largest() {
    return switch (type) {
      case F32 -> Value.of(Float.POSITIVE_INFINITY);
      case F64 -> Value.of(Double.POSITIVE_INFINITY);
      case I32 -> Value.of(Integer.MAX_VALUE);
      case I64 -> Value.of(Long.MAX_VALUE);
    };
  }

  private Value smallest() {
    return switch (type) {
      case F32 -> Value.of(Float.NEGATIVE_INFINITY);
      case F64 -> Value.of(Double.NEGATIVE_INFINITY);
      case I32 -> Value.of(Integer.MIN_VALUE);
      case I64 -> Value.of(Long.MIN_VALUE);
    };
  }

  /** Adds an element; its position is larger than those before it. */
  void take(Value[] state, Value element, Value position) {
    switch (op) {
      case SUM, PROD -> {
        Value wide =
            type == ComputeType.F32 ? code.op(RegisterType.F64, "cvt.f64.f32", element) : element;
        merge(state, new Value[] {wide});
      }
      case MIN, MAX -> merge(state, new Value[] {element});
      case ARGMIN, ARGMAX -> {
        Value first = code.pred("setp.lt.s64", state[1], Value.of(0L));
        replace(state, new Value[] {element, position}, or(first, beats(element, state[0])));
      }
      case ANY, ALL -> merge(state, new Value[] {new CastCode(code).truth(element, type)});
    }
  }

  /** Adds an element to ARGMAX as {@link #take} does, but of several NaNs the last one stays. */
  void takeLastNaN(Value[] state, Value element, Value position) {
    Value first = code.pred("setp.lt.s64", state[1], Value.of(0L));
    Value larger = code.pred("setp.gt." + suffix(), element, state[0]);
    Value wins = or(first, larger);
    if (type.isFloating()) {
      wins = or(wins, code.pred("setp.nan." + suffix(), element, element));
    }
    replace(state, new Value[] {element, position}, wins);
  }

  /** Adds what another thread has seen. */
  void merge(Value[] state, Value[] other) {
    switch (op) {
      case SUM -> into(state, ScalarOp.ADD, sumType(), other);
      case PROD -> into(state, ScalarOp.MUL, sumType(), other);
      case MIN -> into(state, ScalarOp.MIN, type, other);
      case MAX -> into(state, ScalarOp.MAX, type, other);
      case ARGMIN, ARGMAX -> {
        Value none = code.pred("setp.lt.s64", state[1], Value.of(0L));
        Value some = code.pred("setp.ge.s64", other[1], Value.of(0L));
        Value before = code.pred("setp.lt.s64", other[1], state[1]);
        Value tie = and(equal(other[0], state[0]), before);
        replace(state, other, and(some, or(none, or(beats(other[0], state[0]), tie))));
      }
      case ANY -> into(state, ScalarOp.OR, ComputeType.I32, other);
      case ALL -> into(state, ScalarOp.AND, ComputeType.I32, other);
    }
  }

  private void into(Value[] state, ScalarOp with, ComputeType in, Value[] other) {
    RegisterType register = RegisterType.of(in);
    Value sum =
        in.isFloating()
            ? new FloatCode(code, register).apply(with, state[0], other[0], other[0])
            : new IntegerCode(code, register).apply(with, state[0], other[0]);
    code.move(state[0], sum);
  }

  private void replace(Value[] state, Value[] other, Value where) {
    for (int k = 0; k < state.length; k++) {
      code.into(state[k], "selp." + state[k].type().name, other[k], state[k], where);
    }
  }

  private Value and(Value a, Value b) {
    return code.op(RegisterType.PRED, "and.pred", a, b);
  }

  private Value or(Value a, Value b) {
    return code.op(RegisterType.PRED, "or.pred", a, b);
  }

  private String suffix() {
    return switch (type) {
      case F32 -> "f32";
      case F64 -> "f64";
      case I32 -> "s32";
      case I64 -> "s64";
    };
  }

  /** Whether one element comes before another: a NaN before every number. */
  private Value beats(Value a, Value b) {
    String order = op == ReduceOp.ARGMIN ? "lt" : "gt";
    if (!type.isFloating()) {
      return code.pred("setp." + order + "." + suffix(), a, b);
    }
    // The unordered comparison also holds if either is NaN.
    Value better = code.pred("setp." + order + "u." + suffix(), a, b);
    return and(better, code.pred("setp.num." + suffix(), b, b));
  }

  private Value equal(Value a, Value b) {
    Value same = code.pred("setp.eq." + suffix(), a, b);
    if (!type.isFloating()) {
      return same;
    }
    Value nanA = code.pred("setp.nan." + suffix(), a, a);
    Value nanB = code.pred("setp.nan." + suffix(), b, b);
    return or(same, and(nanA, nanB));
  }

  /** The result, in {@link #resultType}. */
  Value result(Value[] state) {
    return switch (op) {
      case SUM, PROD ->
          type == ComputeType.F32
              ? code.op(RegisterType.F32, "cvt.rn.f32.f64", state[0])
              : state[0];
      case MIN, MAX, ANY, ALL -> state[0];
      case ARGMIN, ARGMAX -> state[1];
    };
  }
}
