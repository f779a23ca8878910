package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Operands as lines along an axis; their lengths may differ, the other axes may not.
 *
 * @param walk over the lines
 * @param along strides along the axis, one an operand
 * @param wide whether positions take 64 bits
 */
record Lines(List<Operand> operands, Walk walk, long[] along, boolean wide) {
  static Lines of(List<Operand> operands, int axis, Sources sources) {
    Layout first = operands.getFirst().layout();
    boolean scalar = first.rank() == 0;
    long[] sizes = first.shape().toArray();
    if (!scalar) {
      sizes[axis] = 1;
    }
    long[][] strides = new long[operands.size()][];
    long[] along = new long[operands.size()];
    boolean wide = sources.wide(false);
    for (int i = 0; i < strides.length; i++) {
      Layout layout = operands.get(i).layout();
      strides[i] = layout.strides();
      along[i] = scalar ? 0 : strides[i][axis];
      wide |= layout.end() - layout.offset() > Integer.MAX_VALUE;
      wide |= layout.numel() > Integer.MAX_VALUE;
    }
    Walk walk = Walk.merge(sizes, strides, new int[sizes.length]);
    return new Lines(operands, walk, along, wide || walk.isWide());
  }

  long count() {
    return walk.count();
  }

  /** The length of an operand's lines. */
  static long length(Operand operand, int axis) {
    return operand.layout().rank() == 0 ? 1 : operand.layout().size(axis);
  }

  void arguments(List<Argument> to) {
    WalkCode.arguments(to, walk, wide);
    for (int i = 0; i < operands.size(); i++) {
      to.add(Addresses.of(operands.get(i)));
      to.add(IndexMath.argument(wide, along[i]));
    }
  }

  /** The parameters of a text, and where an operand's elements are. */
  static final class Code {
    private final IndexMath math;
    private final WalkCode walk;
    private final List<Integer> bytes;
    private final List<Value> bases = new ArrayList<>();
    private final List<Value> along = new ArrayList<>();
    private List<Value> starts = List.of();

    /**
     * Declares the parameters.
     *
     * @param bytes of an element of each operand
     */
    Code(PtxCode code, IndexMath math, int rank, List<Integer> bytes) {
      this.math = math;
      this.bytes = bytes;
      this.walk = new WalkCode(math, rank, bytes.size());
      for (int i = 0; i < bytes.size(); i++) {
        bases.add(code.address());
        along.add(math.parameter());
      }
    }

    void turnTo(Value line) {
      Value[] at = walk.coordinates(line);
      List<Value> turned = new ArrayList<>();
      for (int i = 0; i < bases.size(); i++) {
        turned.add(math.element(bases.get(i), walk.offset(i, at), bytes.get(i)));
      }
      starts = turned;
    }

    /** The address of an element of the line. */
    Value at(int operand, Value position) {
      Value offset = math.mul(position, along.get(operand));
      return math.element(starts.get(operand), offset, bytes.get(operand));
    }
  }
}
