package io.gradus.backend.cuda.ptx;

import io.gradus.tensor.dtype.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a step of a sort by digits finds keys and their positions: the first step in the lines of
 * the input, the others where the step before left them.
 *
 * @param rank of the walk over the input's lines, or 0 for a later step, which has none
 */
record DigitInput(SortKey key, int rank, boolean wide) {
  /** Bits of a digit. */
  static final int BITS = 8;

  /** Values of a digit; also the threads of a block, which take one each. */
  static final int DIGITS = 1 << BITS;

  static DigitInput first(SortPlan.Order order, int rank) {
    return new DigitInput(order.key(), rank, order.wide());
  }

  /** The same for all elements whose keys are as wide, as only those are left to see. */
  static DigitInput later(SortPlan.Order order) {
    DType whole = order.key().register() == RegisterType.B32 ? DType.I32 : DType.I64;
    return new DigitInput(new SortKey(whole, false), 0, order.wide());
  }

  /** What counting and moving have in common: a block and its piece of a line. */
  static final class Code {
    private final PtxCode code;
    private final DigitInput input;
    private final Lines.@Nullable Code lines;
    private final Value[] dense;
    private final Value shift;
    final IndexMath math;
    final SortKey order;

    /** Pieces of a line. */
    final Value pieces;

    /** The numbers of the line and of the piece. */
    final Value line;

    final Value piece;

    /** Where the piece begins and ends in the line, and the line among all elements. */
    final Value begin;

    final Value end;
    final Value start;

    /**
     * Declares the parameters: the length of a line, elements of a piece, pieces of a line, the
     * lowest bit of the digit; then the lines of the input, or the addresses of keys and positions.
     */
    Code(PtxCode code, DigitInput input) {
      this.code = code;
      this.input = input;
      math = new IndexMath(code, input.wide);
      order = input.key;
      Value length = math.parameter();
      Value size = math.parameter();
      pieces = code.parameter(RegisterType.B32);
      shift = code.parameter(RegisterType.B32);
      Value id = IndexMath.special(code, "%ctaid.x");
      line = math.of(code.op(RegisterType.B32, "div.u32", id, pieces));
      piece = math.of(code.op(RegisterType.B32, "rem.u32", id, pieces));
      if (input.rank > 0) {
        lines = new Lines.Code(code, math, input.rank, List.of(order.dtype().byteSize()));
        dense = new Value[0];
        lines.turnTo(line);
      } else {
        lines = null;
        dense = new Value[] {code.address(), code.address()};
      }
      begin = math.mul(piece, size);
      end = math.min(math.add(begin, size), length);
      start = math.mul(line, length);
    }

    /** The key at a position of the line. */
    Value key(Value position) {
      if (lines != null) {
        return order.of(code, new MemoryCode(code).load(order.dtype(), lines.at(0, position)));
      }
      Value key = code.fresh(order.register());
      Value from = math.element(dense[0], math.add(start, position), order.register().bytes);
      order.load(code, "global", key, from);
      return key;
    }

    /** Where the element at a position of the line was at first. */
    Value number(Value position) {
      if (lines != null) {
        return input.wide ? code.op(RegisterType.B32, "cvt.u32.u64", position) : position;
      }
      Value number = code.fresh(RegisterType.B32);
      Value from = math.element(dense[1], math.add(start, position), 4);
      code.line("ld.global.u32 " + number + ", [" + from + "]");
      return number;
    }

    Value digit(Value key) {
      Value bits = Value.of(BITS);
      return order.register() == RegisterType.B32
          ? code.op(RegisterType.B32, "bfe.u32", key, shift, bits)
          : code.op(
              RegisterType.B32,
              "cvt.u32.u64",
              code.op(RegisterType.B64, "bfe.u64", key, shift, bits));
    }

    /** The number of a digit's count among those of all lines and pieces. */
    Value count(Value digit) {
      Value row = math.mulAdd(line, math.number(DIGITS), math.of(digit));
      return math.mulAdd(row, math.of(pieces), piece);
    }
  }
}
