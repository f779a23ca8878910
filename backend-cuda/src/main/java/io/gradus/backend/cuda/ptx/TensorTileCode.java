package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.ptx.PtxCode.Label;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * A matrix product of tiles of {@code f16}, {@code bf16} or TF32 on tensor cores, summed in {@code
 * f32}: {@code mma.sync} of 16 x 8 results and 16 products each, or 8 of TF32 (PTX ISA, "Warp Level
 * Matrix Instructions").
 */
final class TensorTileCode {
  /** The first GPUs that have these instructions for all three. */
  static final int CAPABILITY = 80;

  private static final String PTX_VERSION = "7.0";

  /** Lines that are read at once. */
  private static final int LINES = 16;

  private static final int WARPS_DOWN = 2;
  private static final int WARPS_ACROSS = 4;

  private final PtxCode code;
  private final IndexMath math;
  private final TileShape shape;
  private final String instruction;

  /** Depths that one instruction takes. */
  private final int step;

  TensorTileCode(PtxCode code, IndexMath math, TileShape shape, DType dtype) {
    this.code = code;
    this.math = math;
    this.shape = shape;
    String type = dtype == DType.F32 ? "tf32" : dtype == DType.BF16 ? "bf16" : "f16";
    this.step = dtype == DType.F32 ? 8 : 16;
    this.instruction =
        "mma.sync.aligned.m16n8k%d.row.col.f32.%s.%s.f32 ".formatted(step, type, type);
  }

  /** Whether there are such instructions for 16-bit types on a GPU. */
  static boolean servesHalves(DType dtype, int computeCapability) {
    return (dtype == DType.F16 || dtype == DType.BF16) && computeCapability >= CAPABILITY;
  }

  /** Whether there are for {@code f32}, rounded to TF32. */
  static boolean servesFloats(DType dtype, int computeCapability) {
    return dtype == DType.F32 && computeCapability >= CAPABILITY;
  }

  private TensorTile tile(TensorSide side, int lines, Value first, Value end) {
    return switch (side) {
      case HalfSide s -> new HalfTile(code, math, s, lines, shape.depth, first, end);
      case FloatSide s -> new FloatTile(code, math, s, lines, shape.depth, first, end);
    };
  }

  /** Code that may use them. */
  static PtxCode code(String name) {
    return PtxCode.forTarget(name, PTX_VERSION, CAPABILITY);
  }

  /** Emits the product of the tile that begins at a row and a column. */
  void multiply(
      TileCode.Size size,
      Value firstRow,
      Value firstColumn,
      TensorSide a,
      TensorSide b,
      TileCode.Result result) {
    TensorTile left = tile(a, shape.rows, firstRow, size.m());
    TensorTile right = tile(b, shape.columns, firstColumn, size.n());
    Value thread = IndexMath.special(code, "%tid.x");
    Value warp = code.op(RegisterType.B32, "shr.u32", thread, Value.of(5));
    Value down =
        code.op(
            RegisterType.B32,
            "mul.lo.s32",
            code.op(RegisterType.B32, "div.u32", warp, Value.of(WARPS_ACROSS)),
            Value.of(rows()));
    Value across =
        code.op(
            RegisterType.B32,
            "mul.lo.s32",
            code.op(RegisterType.B32, "rem.u32", warp, Value.of(WARPS_ACROSS)),
            Value.of(columns()));
    Value leftStart = left.start(down);
    Value rightStart = right.start(across);
    List<List<Value>> sums = zeros();

    Value which = code.copy(Value.of(0));
    Value depth = code.copy(math.number(0));
    left.fetch(depth, size.k());
    right.fetch(depth, size.k());
    Label loop = code.label();
    Label done = code.label();
    code.place(loop);
    code.jumpIf(math.atLeast(depth, size.k()), done);
    left.put(which);
    right.put(which);
    // One barrier is enough: who fills a tile again has passed the one of the other tile between.
    code.barrier();
    math.addTo(depth, math.number(shape.depth));
    left.fetch(depth, size.k());
    right.fetch(depth, size.k());
    Value leftAt = left.stage(leftStart, which);
    Value rightAt = right.stage(rightStart, which);
    for (int d = 0; d < shape.depth; d += step) {
      step(sums, left, leftAt, right, rightAt, d);
    }
    code.into(which, "xor.b32", which, Value.of(1));
    code.jump(loop);
    code.place(done);

    Value lane = code.op(RegisterType.B32, "and.b32", thread, Value.of(31));
    Value group = code.op(RegisterType.B32, "shr.u32", lane, Value.of(2));
    Value within = code.op(RegisterType.B32, "and.b32", lane, Value.of(3));
    Value ownRow = math.add(firstRow, math.of(code.op(RegisterType.B32, "add.s32", down, group)));
    Value ownColumn =
        math.add(
            firstColumn,
            math.of(code.op(RegisterType.B32, "mad.lo.s32", within, Value.of(2), across)));
    for (int i = 0; i < rows() / 8; i++) {
      Value row = math.add(ownRow, math.number(8L * i));
      Value rowInside = math.less(row, size.m());
      for (int j = 0; j < columns() / 4; j++) {
        Value column = math.add(ownColumn, math.number(j / 2 * 8L + j % 2));
        Label skip = code.label();
        code.jumpUnless(
            code.op(RegisterType.PRED, "and.pred", rowInside, math.less(column, size.n())), skip);
        Value sum = sums.get(i / 2 * (columns() / 8) + j / 2).get(i % 2 * 2 + j % 2);
        result.put(row, column, sum);
        code.place(skip);
      }
    }
  }

  /** The rows of results of a warp. */
  private int rows() {
    return shape.rows / WARPS_DOWN;
  }

  private int columns() {
    return shape.columns / WARPS_ACROSS;
  }

  /** Four sums for each part of 16 x 8 results: rows g and g + 8, two neighbours each. */
  private List<List<Value>> zeros() {
    List<List<Value>> sums = new ArrayList<>();
    for (int i = 0; i < rows() / 16 * (columns() / 8); i++) {
      List<Value> four = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        four.add(code.copy(Value.of(0f)));
      }
      sums.add(four);
    }
    return sums;
  }

  private void step(
      List<List<Value>> sums,
      TensorTile left,
      Value leftAt,
      TensorTile right,
      Value rightAt,
      int depth) {
    List<List<Value>> y = new ArrayList<>();
    for (int c = 0; c < columns(); c += LINES) {
      List<Value> both = right.part(rightAt, c, depth);
      y.add(List.of(both.get(0), both.get(2)));
      y.add(List.of(both.get(1), both.get(3)));
    }
    for (int r = 0; r < rows(); r += LINES) {
      List<Value> x = left.part(leftAt, r, depth);
      for (int c = 0; c < y.size(); c++) {
        String sum = list(sums.get(r / LINES * y.size() + c));
        code.line(instruction + sum + ", " + list(x) + ", " + list(y.get(c)) + ", " + sum);
      }
    }
  }

  private static String list(List<Value> values) {
    return "{" + String.join(", ", values.stream().map(Value::text).toList()) + "}";
  }
}
