package io.gradus.backend.cuda.ptx;

import static io.gradus.backend.cuda.ptx.Term.number;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.kernel.ScanOp;
import java.util.List;

/**
 * How elements meet in a running reduction; unlike in {@link FoldCode} their order matters, and the
 * last one among equals wins. Floating sums are held in {@code f64}.
 */
final class ScanCode {
  private final PtxCode code;
  private final ScanOp op;
  private final ComputeType type;

  ScanCode(PtxCode code, ScanOp op, ComputeType type) {
    this.code = code;
    this.op = op;
    this.type = type;
  }

  private ComputeType sumType() {
    return type == ComputeType.F32 ? ComputeType.F64 : type;
  }

  static List<RegisterType> state(ScanOp op, ComputeType type) {
    return switch (op) {
      case SUM, PROD, LOGSUMEXP ->
          List.of(type == ComputeType.F32 ? RegisterType.F64 : RegisterType.of(type));
      case MAX, MIN -> List.of(RegisterType.of(type), RegisterType.B64);
    };
  }

  /** Fresh registers with the state before the first element. */
  Value[] start() {
    return switch (op) {
      // -0 is what changes no number when added.
      case SUM -> {
        Value zero = Value.of(-0.0);
        yield new Value[] {code.copy(type.isFloating() ? zero : Value.of(type, 0))};
      }
      case PROD -> new Value[] {code.copy(Value.of(sumType(), 1))};
      case LOGSUMEXP -> new Value[] {code.copy(Value.of(Double.NEGATIVE_INFINITY))};
      case MAX, MIN -> new Value[] {code.copy(Value.of(type, 0)), code.copy(Value.of(-1L))};
    };
  }

  /** The state of one element. */
  Value[] single(Value element, Value position) {
    return switch (op) {
      case SUM, PROD, LOGSUMEXP ->
          new Value[] {
            type == ComputeType.F32 ? code.op(RegisterType.F64, "cvt.f64.f32", element) : element
          };
      case MAX, MIN -> new Value[] {element, position};
    };
  }

  /** The state of earlier elements and then later ones, in new registers. */
  Value[] join(Value[] early, Value[] late) {
    return switch (op) {
      case SUM -> new Value[] {arithmetic(ScalarOp.ADD, early[0], late[0])};
      case PROD -> new Value[] {arithmetic(ScalarOp.MUL, early[0], late[0])};
      case LOGSUMEXP -> new Value[] {logAddExp(early[0], late[0])};
      case MAX, MIN -> {
        Value none = code.pred("setp.lt.s64", early[1], Value.of(0L));
        Value some = code.pred("setp.ge.s64", late[1], Value.of(0L));
        Value take = code.op(RegisterType.PRED, "or.pred", none, beats(late[0], early[0]));
        take = code.op(RegisterType.PRED, "and.pred", some, take);
        yield new Value[] {
          code.select(take, late[0], early[0]), code.select(take, late[1], early[1])
        };
      }
    };
  }

  private Value arithmetic(ScalarOp with, Value a, Value b) {
    RegisterType register = RegisterType.of(sumType());
    return type.isFloating()
        ? new FloatCode(code, register).apply(with, a, b, b)
        : new IntegerCode(code, register).apply(with, a, b);
  }

  /** Whether a later element replaces an earlier one. */
  private Value beats(Value late, Value early) {
    String order = op == ScanOp.MAX ? "setp.ge." : "setp.le.";
    String suffix =
        switch (type) {
          case F32 -> "f32";
          case F64 -> "f64";
          case I32 -> "s32";
          case I64 -> "s64";
        };
    Value better = code.pred(order + suffix, late, early);
    return type.isFloating()
        ? code.op(RegisterType.PRED, "or.pred", better, code.pred("setp.nan." + suffix, late, late))
        : better;
  }

  private Value logAddExp(Value a, Value b) {
    Term x = new Term(Expr.input(0, ComputeType.F64));
    Term y = new Term(Expr.input(1, ComputeType.F64));
    Term high = new Term(Expr.of(ScalarOp.MAX, x.expr(), y.expr()));
    Term low = new Term(Expr.of(ScalarOp.MIN, x.expr(), y.expr()));
    Term sum = ExponentialFormulas.exp(low.minus(high)).plus(number(1));
    Term value = high.plus(LogarithmFormulas.log(sum));
    Term all = high.abs().is(Double.POSITIVE_INFINITY).choose(high, value);
    Value[] inputs = {a, b};
    return new ExprCode(
            code,
            e -> {
              if (e instanceof Expr.Input i) {
                return inputs[i.index()];
              }
              throw Leaves.unexpected(e);
            })
        .evaluate(all.expr());
  }

  /** The result of a state, in the compute type. */
  Value result(Value[] state) {
    return type == ComputeType.F32 && state[0].type() == RegisterType.F64
        ? code.op(RegisterType.F32, "cvt.rn.f32.f64", state[0])
        : state[0];
  }
}
