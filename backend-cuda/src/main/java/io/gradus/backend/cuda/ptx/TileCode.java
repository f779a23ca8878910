package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.ptx.PtxCode.Label;
import io.gradus.tensor.dtype.ComputeType;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product of tiles that lie in shared memory while they are used; the next ones are on
 * their way meanwhile.
 */
final class TileCode {
  /** Keeps neighbours along the depth in different banks, and 16-byte accesses aligned. */
  private static final int PADDING = 4;

  private final PtxCode code;
  private final IndexMath math;
  private final TileShape shape;
  private final ComputeType type;
  private final RegisterType register;
  private final Value thread;

  TileCode(PtxCode code, IndexMath math, TileShape shape, ComputeType type) {
    this.code = code;
    this.math = math;
    this.shape = shape;
    this.type = type;
    this.register = RegisterType.of(type);
    this.thread = IndexMath.special(code, "%tid.x");
  }

  /** One element that a thread brings to shared memory in each round. */
  private record Slot(TileSide.Line line, Value inside, Value depth, Value place) {}

  /** A factor's tile: its memory and the slots that fill it. */
  private final class Tile {
    private final Value memory;
    private final int pitch;
    private final List<Slot> slots = new ArrayList<>();
    private List<Value> fetched = new ArrayList<>();

    /**
     * Shares out a tile of a factor.
     *
     * @param alongDepth whether neighbouring threads load neighbours along the depth
     */
    Tile(TileSide side, int lines, Value first, Value end, boolean alongDepth) {
      memory = code.shared((long) shape.depth * (lines + PADDING) * register.bytes);
      pitch = lines + PADDING;
      int inner = alongDepth ? shape.depth : lines;
      Value low = code.op(RegisterType.B32, "and.b32", thread, Value.of(inner - 1));
      Value high =
          code.op(
              RegisterType.B32, "shr.u32", thread, Value.of(Integer.numberOfTrailingZeros(inner)));
      int count = lines * shape.depth / TileShape.THREADS;
      for (int i = 0; i < count; i++) {
        Value ahead =
            code.op(RegisterType.B32, "add.s32", high, Value.of(i * (TileShape.THREADS / inner)));
        Value line = alongDepth ? ahead : low;
        Value depth = alongDepth ? low : ahead;
        Value number = math.add(first, math.of(line));
        Value place = code.op(RegisterType.B32, "mad.lo.s32", depth, Value.of(pitch), line);
        Value address =
            code.op(RegisterType.B32, "mad.lo.s32", place, Value.of(register.bytes), memory);
        slots.add(new Slot(side.line(number), math.less(number, end), math.of(depth), address));
      }
    }

    void fetch(Value from, Value depths) {
      fetched = new ArrayList<>();
      for (Slot slot : slots) {
        Value depth = math.add(from, slot.depth());
        Value valid =
            code.op(RegisterType.PRED, "and.pred", slot.inside(), math.less(depth, depths));
        fetched.add(slot.line().load(depth, valid));
      }
    }

    void put() {
      for (int i = 0; i < slots.size(); i++) {
        code.line(
            "st.shared." + register.name + " [" + slots.get(i).place() + "], " + fetched.get(i));
      }
    }

    /** A thread's elements at a depth. */
    List<Value> own(Value start, int depth) {
      List<Value> all = new ArrayList<>();
      int together = Math.min(shape.run(), 16 / register.bytes);
      for (int i = 0; i < shape.own; i += together) {
        int line =
            i / shape.run() * (pitch - PADDING) / (shape.own / shape.run()) + i % shape.run();
        int offset = (depth * pitch + line) * register.bytes;
        List<Value> loaded = new ArrayList<>();
        for (int j = 0; j < together; j++) {
          loaded.add(code.fresh(register));
        }
        String list =
            together == 1
                ? loaded.getFirst().text()
                : "{" + String.join(", ", loaded.stream().map(Value::text).toList()) + "}";
        String vector = together == 1 ? "" : ".v" + together;
        code.line(
            "ld.shared"
                + vector
                + "."
                + register.name
                + " "
                + list
                + ", ["
                + start
                + "+"
                + offset
                + "]");
        all.addAll(loaded);
      }
      return all;
    }

    /** Where the elements of a thread begin. */
    Value start(Value number) {
      return code.op(
          RegisterType.B32, "mad.lo.s32", number, Value.of(shape.run() * register.bytes), memory);
    }
  }

  /** What to do with a finished result. */
  interface Result {
    void put(Value row, Value column, Value sum);
  }

  /** The bounds of a product. */
  record Size(Value m, Value n, Value k) {}

  /** Emits the product of the tile that begins at a row and a column. */
  void multiply(
      Size size,
      Value firstRow,
      Value firstColumn,
      TileSide a,
      boolean aAlongDepth,
      TileSide b,
      boolean bAlongDepth,
      Result result) {
    Tile left = new Tile(a, shape.rows, firstRow, size.m(), aAlongDepth);
    Tile right = new Tile(b, shape.columns, firstColumn, size.n(), bAlongDepth);
    int across = shape.columns / shape.own;
    Value tx = code.op(RegisterType.B32, "and.b32", thread, Value.of(across - 1));
    Value ty =
        code.op(
            RegisterType.B32, "shr.u32", thread, Value.of(Integer.numberOfTrailingZeros(across)));
    Value leftStart = left.start(ty);
    Value rightStart = right.start(tx);
    List<List<Value>> sums = new ArrayList<>();
    for (int i = 0; i < shape.own; i++) {
      List<Value> row = new ArrayList<>();
      for (int j = 0; j < shape.own; j++) {
        row.add(code.copy(Value.of(type, 0)));
      }
      sums.add(row);
    }

    Value depth = code.copy(math.number(0));
    left.fetch(depth, size.k());
    right.fetch(depth, size.k());
    Label loop = code.label();
    Label done = code.label();
    code.place(loop);
    code.jumpIf(math.atLeast(depth, size.k()), done);
    List<Value> nextLeft = left.fetched;
    List<Value> nextRight = right.fetched;
    code.barrier();
    left.put();
    right.put();
    code.barrier();
    math.addTo(depth, math.number(shape.depth));
    left.fetch(depth, size.k());
    right.fetch(depth, size.k());
    for (int d = 0; d < shape.depth; d++) {
      List<Value> x = left.own(leftStart, d);
      List<Value> y = right.own(rightStart, d);
      for (int i = 0; i < shape.own; i++) {
        for (int j = 0; j < shape.own; j++) {
          Value sum = sums.get(i).get(j);
          code.into(sum, multiplyAdd(), x.get(i), y.get(j), sum);
        }
      }
    }
    moveAll(nextLeft, left.fetched);
    moveAll(nextRight, right.fetched);
    code.jump(loop);
    code.place(done);

    for (int i = 0; i < shape.own; i++) {
      Value row = math.add(firstRow, math.of(place(ty, i)));
      Value rowInside = math.less(row, size.m());
      for (int j = 0; j < shape.own; j++) {
        Value column = math.add(firstColumn, math.of(place(tx, j)));
        Value inside =
            code.op(RegisterType.PRED, "and.pred", rowInside, math.less(column, size.n()));
        Label skip = code.label();
        code.jumpUnless(inside, skip);
        result.put(row, column, sums.get(i).get(j));
        code.place(skip);
      }
    }
  }

  /** The number in the tile of a thread's {@code i}-th line. */
  private Value place(Value number, int i) {
    int offset = i / shape.run() * shape.spread() + i % shape.run();
    return code.op(RegisterType.B32, "mad.lo.s32", number, Value.of(shape.run()), Value.of(offset));
  }

  private void moveAll(List<Value> to, List<Value> from) {
    for (int i = 0; i < to.size(); i++) {
      code.move(to.get(i), from.get(i));
    }
  }

  private String multiplyAdd() {
    return switch (type) {
      case F32 -> "fma.rn.f32";
      case F64 -> "fma.rn.f64";
      case I32 -> "mad.lo.s32";
      case I64 -> "mad.lo.s64";
    };
  }
}
