package io.gradus.backend.cuda.ptx;

import java.util.ArrayList;
import java.util.List;

/**
 * A tile of {@code f16} or {@code bf16}.
 *
 * <p>Runs stay runs: lines of depths, or depths of lines. {@code ldmatrix} reads both, the second
 * kind transposed.
 */
final class HalfTile implements TensorTile {
  private static final int BYTES = HalfSide.BITS.byteSize();

  private final PtxCode code;
  private final IndexMath math;
  private final boolean alongDepth;

  /** Bytes from one run to the next: an odd number of chunks, so that eight are in eight banks. */
  private final int pitch;

  /** Bytes of one of the two. */
  private final int size;

  private final Value memory;
  private final Value thread;
  private final List<Slot> slots = new ArrayList<>();
  private List<List<Value>> fetched = List.of();

  /** What a thread brings to shared memory in each round. */
  private record Slot(Reader reader, Value inside, Value depth, Value place) {}

  /** Reads at a depth; zeros where the predicate does not hold. */
  private interface Reader {
    List<Value> read(Value depth, Value valid);
  }

  /**
   * Shares out a tile of so many lines and depths.
   *
   * @param first the number of its first line
   * @param end one more than the number of the last line that exists
   */
  HalfTile(
      PtxCode code, IndexMath math, HalfSide side, int lines, int depths, Value first, Value end) {
    this.code = code;
    this.math = math;
    alongDepth = side.alongDepth();
    pitch = ((alongDepth ? depths : lines) + HalfSide.CHUNK) * BYTES;
    size = (alongDepth ? lines : depths) * pitch;
    memory = code.shared(2L * size);
    thread = IndexMath.special(code, "%tid.x");
    int together =
        switch (side) {
          case HalfSide.Elements e -> 1;
          case HalfSide.Chunks c -> HalfSide.CHUNK;
        };
    int inner = (alongDepth ? depths : lines) / together;
    Value low =
        code.op(
            RegisterType.B32,
            "mul.lo.s32",
            code.op(RegisterType.B32, "and.b32", thread, Value.of(inner - 1)),
            Value.of(together));
    Value high =
        code.op(
            RegisterType.B32, "shr.u32", thread, Value.of(Integer.numberOfTrailingZeros(inner)));
    int count = lines * depths / together / TileShape.THREADS;
    for (int i = 0; i < count; i++) {
      Value ahead =
          code.op(RegisterType.B32, "add.s32", high, Value.of(i * (TileShape.THREADS / inner)));
      Value number = math.add(first, math.of(alongDepth ? ahead : low));
      Value along = code.op(RegisterType.B32, "mad.lo.s32", low, Value.of(BYTES), memory);
      slots.add(
          new Slot(
              reader(side, number),
              math.less(number, end),
              math.of(alongDepth ? low : ahead),
              code.op(RegisterType.B32, "mad.lo.s32", ahead, Value.of(pitch), along)));
    }
  }

  private Reader reader(HalfSide side, Value number) {
    return switch (side) {
      case HalfSide.Elements e -> {
        TileSide.Line line = e.side().line(number);
        yield (depth, valid) -> List.of(line.load(depth, valid));
      }
      case HalfSide.Chunks c -> {
        Value along = alongDepth ? math.mul(number, c.stride()) : number;
        Value start = math.element(c.base(), along, BYTES);
        yield (depth, valid) ->
            chunk(
                math.element(start, alongDepth ? depth : math.mul(depth, c.stride()), BYTES),
                valid);
      }
    };
  }

  private List<Value> chunk(Value address, Value valid) {
    List<Value> words = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      words.add(code.copy(Value.of(0)));
    }
    code.lineIf(valid, "ld.global.v4.u32 " + list(words) + ", [" + address + "]");
    return words;
  }

  private static String list(List<Value> values) {
    return "{" + String.join(", ", values.stream().map(Value::text).toList()) + "}";
  }

  @Override
  public void fetch(Value from, Value depths) {
    List<List<Value>> all = new ArrayList<>();
    for (Slot slot : slots) {
      Value depth = math.add(from, slot.depth());
      Value valid = code.op(RegisterType.PRED, "and.pred", slot.inside(), math.less(depth, depths));
      all.add(slot.reader().read(depth, valid));
    }
    for (int i = 0; i < fetched.size(); i++) {
      for (int j = 0; j < fetched.get(i).size(); j++) {
        code.move(fetched.get(i).get(j), all.get(i).get(j));
      }
    }
    fetched = fetched.isEmpty() ? all : fetched;
  }

  @Override
  public void put(Value which) {
    for (int i = 0; i < slots.size(); i++) {
      Value at = stage(slots.get(i).place(), which);
      List<Value> words = fetched.get(i);
      code.line(
          words.size() == 1
              ? "st.shared.u16 [" + at + "], " + words.getFirst()
              : "st.shared.v4.u32 [" + at + "], " + list(words));
    }
  }

  @Override
  public Value stage(Value address, Value which) {
    return code.op(RegisterType.B32, "mad.lo.s32", which, Value.of(size), address);
  }

  @Override
  public Value start(Value line) {
    Value lane = code.op(RegisterType.B32, "and.b32", thread, Value.of(31));
    Value upper = code.op(RegisterType.B32, "shr.u32", lane, Value.of(4));
    if (alongDepth) {
      Value own = code.op(RegisterType.B32, "and.b32", lane, Value.of(15));
      Value run = code.op(RegisterType.B32, "add.s32", line, own);
      Value from = code.op(RegisterType.B32, "mad.lo.s32", run, Value.of(pitch), memory);
      return code.op(RegisterType.B32, "mad.lo.s32", upper, Value.of(HalfSide.CHUNK * BYTES), from);
    }
    Value own = code.op(RegisterType.B32, "and.b32", lane, Value.of(7));
    Value run = code.op(RegisterType.B32, "mad.lo.s32", upper, Value.of(8), own);
    Value second = code.op(RegisterType.B32, "and.b32", lane, Value.of(8));
    Value along = code.op(RegisterType.B32, "add.s32", line, second);
    Value from = code.op(RegisterType.B32, "mad.lo.s32", along, Value.of(BYTES), memory);
    return code.op(RegisterType.B32, "mad.lo.s32", run, Value.of(pitch), from);
  }

  @Override
  public List<Value> part(Value start, int line, int depth) {
    int offset = alongDepth ? line * pitch + depth * BYTES : depth * pitch + line * BYTES;
    List<Value> words = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      words.add(code.fresh(RegisterType.B32));
    }
    code.line(
        "ldmatrix.sync.aligned.m8n8.x4%s.shared.b16 %s, [%s+%d]"
            .formatted(alongDepth ? "" : ".trans", list(words), start, offset));
    return words;
  }
}
