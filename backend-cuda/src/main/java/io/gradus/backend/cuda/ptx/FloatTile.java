package io.gradus.backend.cuda.ptx;

import java.util.ArrayList;
import java.util.List;

/** A tile of {@code f32}, rounded to TF32: all lines of a depth, then those of the next. */
final class FloatTile implements TensorTile {
  private static final int BYTES = 4;

  /** Brings four depths of eight lines into 32 banks. */
  private static final int PADDING = 8;

  private final PtxCode code;
  private final IndexMath math;

  /** Bytes from one depth to the next. */
  private final int pitch;

  /** Bytes of one of the two. */
  private final int size;

  private final Value memory;
  private final Value thread;
  private final List<Slot> slots = new ArrayList<>();
  private List<Value> fetched = List.of();

  /** An element that a thread brings to shared memory in each round. */
  private record Slot(TileSide.Line line, Value inside, Value depth, Value place) {}

  /**
   * Shares out a tile of so many lines and depths.
   *
   * @param first the number of its first line
   * @param end one more than the number of the last line that exists
   */
  FloatTile(
      PtxCode code, IndexMath math, FloatSide side, int lines, int depths, Value first, Value end) {
    this.code = code;
    this.math = math;
    pitch = (lines + PADDING) * BYTES;
    size = depths * pitch;
    memory = code.shared(2L * size);
    thread = IndexMath.special(code, "%tid.x");
    int inner = side.alongDepth() ? depths : lines;
    Value low = code.op(RegisterType.B32, "and.b32", thread, Value.of(inner - 1));
    Value high =
        code.op(
            RegisterType.B32, "shr.u32", thread, Value.of(Integer.numberOfTrailingZeros(inner)));
    int count = lines * depths / TileShape.THREADS;
    for (int i = 0; i < count; i++) {
      Value ahead =
          code.op(RegisterType.B32, "add.s32", high, Value.of(i * (TileShape.THREADS / inner)));
      Value line = side.alongDepth() ? ahead : low;
      Value depth = side.alongDepth() ? low : ahead;
      Value number = math.add(first, math.of(line));
      Value along = code.op(RegisterType.B32, "mad.lo.s32", line, Value.of(BYTES), memory);
      slots.add(
          new Slot(
              side.side().line(number),
              math.less(number, end),
              math.of(depth),
              code.op(RegisterType.B32, "mad.lo.s32", depth, Value.of(pitch), along)));
    }
  }

  @Override
  public void fetch(Value from, Value depths) {
    List<Value> all = new ArrayList<>();
    for (Slot slot : slots) {
      Value depth = math.add(from, slot.depth());
      Value valid = code.op(RegisterType.PRED, "and.pred", slot.inside(), math.less(depth, depths));
      all.add(slot.line().load(depth, valid));
    }
    for (int i = 0; i < fetched.size(); i++) {
      code.move(fetched.get(i), all.get(i));
    }
    fetched = fetched.isEmpty() ? all : fetched;
  }

  @Override
  public void put(Value which) {
    for (int i = 0; i < slots.size(); i++) {
      Value rounded = code.op(RegisterType.B32, "cvt.rna.tf32.f32", fetched.get(i));
      code.line("st.shared.b32 [" + stage(slots.get(i).place(), which) + "], " + rounded);
    }
  }

  @Override
  public Value stage(Value address, Value which) {
    return code.op(RegisterType.B32, "mad.lo.s32", which, Value.of(size), address);
  }

  @Override
  public Value start(Value line) {
    Value lane = code.op(RegisterType.B32, "and.b32", thread, Value.of(31));
    Value group = code.op(RegisterType.B32, "shr.u32", lane, Value.of(2));
    Value within = code.op(RegisterType.B32, "and.b32", lane, Value.of(3));
    Value own = code.op(RegisterType.B32, "add.s32", line, group);
    Value along = code.op(RegisterType.B32, "mad.lo.s32", own, Value.of(BYTES), memory);
    return code.op(RegisterType.B32, "mad.lo.s32", within, Value.of(pitch), along);
  }

  @Override
  public List<Value> part(Value start, int line, int depth) {
    List<Value> words = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int offset = (depth + i / 2 * 4) * pitch + (line + i % 2 * 8) * BYTES;
      Value word = code.fresh(RegisterType.B32);
      code.line("ld.shared.b32 " + word + ", [" + start + "+" + offset + "]");
      words.add(word);
    }
    return words;
  }
}
