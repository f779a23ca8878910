package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of batched matrix products.
 *
 * <p>Parameters: m, n, k; tiles in a product, tiles in a row; the walk over the batch; for a, b,
 * out and the epilogue's operands the address and two strides; alpha, and beta if there is one; the
 * epilogue's params.
 *
 * @param dtype of a, b and out
 * @param operands of the epilogue
 * @param rank of all operands, if the epilogue asks for coordinates
 * @param aAlongDepth whether a's rows are runs in memory
 * @param bAlongDepth whether b's columns are
 * @param aInChunks whether a is read eight elements at a time
 * @param bInChunks whether b is
 * @param isPlain whether alpha is 1 and beta 0
 * @param hasBeta whether out is read
 */
record ContractSource(
    DType dtype,
    @Nullable Program epilogue,
    List<DType> operands,
    TileShape shape,
    int rank,
    int batchRank,
    boolean aAlongDepth,
    boolean bAlongDepth,
    boolean aInChunks,
    boolean bInChunks,
    boolean isPlain,
    boolean hasBeta,
    boolean wide) {

  PtxSource write() {
    return new Writer(this).write();
  }

  private static final class Writer {
    private final ContractSource key;
    private final PtxCode code;
    private final IndexMath math;
    private final MemoryCode memory;
    private final ComputeType type;
    private final List<DType> dtypes = new ArrayList<>();
    private final List<Value> bases = new ArrayList<>();
    private final List<Value> rowStrides = new ArrayList<>();
    private final List<Value> columnStrides = new ArrayList<>();
    private Value[] batchAt = new Value[0];

    Writer(ContractSource key) {
      this.key = key;
      String name = "gradus_contract_" + key.dtype;
      this.code = key.shape.onTensorCores() ? TensorTileCode.code(name) : new PtxCode(name);
      this.math = new IndexMath(code, key.wide);
      this.memory = new MemoryCode(code);
      this.type = key.dtype.compute();
      dtypes.addAll(List.of(key.dtype, key.dtype, key.dtype));
      dtypes.addAll(key.operands);
    }

    PtxSource write() {
      TileCode.Size size = new TileCode.Size(math.parameter(), math.parameter(), math.parameter());
      Value tiles = code.parameter(RegisterType.B32);
      Value across = code.parameter(RegisterType.B32);
      WalkCode batch = new WalkCode(math, key.batchRank, dtypes.size());
      for (int i = 0; i < dtypes.size(); i++) {
        bases.add(code.address());
        rowStrides.add(math.parameter());
        columnStrides.add(math.parameter());
      }
      Value alpha = key.isPlain ? Value.of(type, 1) : code.parameter(RegisterType.of(type));
      Value beta = key.hasBeta ? code.parameter(RegisterType.of(type)) : Value.of(type, 0);
      Program epilogue = key.epilogue;
      Lowered lowered = epilogue == null ? null : Lowered.of(epilogue);
      Map<Expr, Value> params = lowered == null ? Map.of() : lowered.parameters(code);

      Value id = IndexMath.special(code, "%ctaid.x");
      Value product = code.op(RegisterType.B32, "div.u32", id, tiles);
      Value tile = code.op(RegisterType.B32, "rem.u32", id, tiles);
      Value tileRow = code.op(RegisterType.B32, "div.u32", tile, across);
      Value tileColumn = code.op(RegisterType.B32, "rem.u32", tile, across);
      batchAt = batch.coordinates(math.of(product));
      for (int i = 0; i < dtypes.size(); i++) {
        Value offset = batch.offset(i, batchAt);
        bases.set(i, math.element(bases.get(i), offset, dtypes.get(i).byteSize()));
      }
      multiply(
          size,
          math.mul(math.of(tileRow), math.number(key.shape.rows)),
          math.mul(math.of(tileColumn), math.number(key.shape.columns)),
          (row, column, sum) -> {
            Value to = address(2, row, column);
            Value value = scaled(sum, alpha, beta, to);
            memory.store(
                key.dtype,
                to,
                lowered == null
                    ? value
                    : new ExprCode(code, e -> leaf(e, value, row, column, params))
                        .evaluate(lowered.outputs().getFirst()));
          });
      return code.finish();
    }

    private void multiply(
        TileCode.Size size, Value firstRow, Value firstColumn, TileCode.Result result) {
      if (key.shape.onTensorCores()) {
        new TensorTileCode(code, math, key.shape, key.dtype)
            .multiply(
                size,
                firstRow,
                firstColumn,
                tensor(0, rowStrides, columnStrides, key.aAlongDepth, key.aInChunks),
                tensor(1, columnStrides, rowStrides, key.bAlongDepth, key.bInChunks),
                result);
      } else {
        new TileCode(code, math, key.shape, type)
            .multiply(
                size,
                firstRow,
                firstColumn,
                side(0, key.dtype, rowStrides, columnStrides),
                key.aAlongDepth,
                side(1, key.dtype, columnStrides, rowStrides),
                key.bAlongDepth,
                result);
      }
    }

    private TileSide side(int factor, DType as, List<Value> lines, List<Value> depths) {
      return new StridedSide(
          code, math, as, bases.get(factor), lines.get(factor), depths.get(factor));
    }

    private TensorSide tensor(
        int factor, List<Value> lines, List<Value> depths, boolean alongDepth, boolean inChunks) {
      if (key.dtype == DType.F32) {
        return new FloatSide(side(factor, key.dtype, lines, depths), alongDepth);
      }
      return inChunks
          ? new HalfSide.Chunks(
              bases.get(factor), (alongDepth ? lines : depths).get(factor), alongDepth)
          : new HalfSide.Elements(side(factor, HalfSide.BITS, lines, depths), alongDepth);
    }

    private Value address(int operand, Value row, Value column) {
      Value offset =
          math.mulAdd(row, rowStrides.get(operand), math.mul(column, columnStrides.get(operand)));
      return math.element(bases.get(operand), offset, dtypes.get(operand).byteSize());
    }

    private Value scaled(Value sum, Value alpha, Value beta, Value to) {
      if (key.isPlain) {
        return sum;
      }
      RegisterType register = RegisterType.of(type);
      if (!type.isFloating()) {
        IntegerCode integers = new IntegerCode(code, register);
        Value product = integers.apply(ScalarOp.MUL, sum, alpha);
        return key.hasBeta
            ? integers.apply(
                ScalarOp.ADD,
                product,
                integers.apply(ScalarOp.MUL, memory.load(key.dtype, to), beta))
            : product;
      }
      FloatCode floats = new FloatCode(code, register);
      Value product = floats.apply(ScalarOp.MUL, sum, alpha, alpha);
      return key.hasBeta
          ? floats.apply(ScalarOp.FMA, memory.load(key.dtype, to), beta, product)
          : product;
    }

    private Value leaf(Expr e, Value product, Value row, Value column, Map<Expr, Value> params) {
      return switch (e) {
        case Expr.Input x -> {
          int operand = x.index() + 2;
          yield x.index() == 0
              ? product
              : memory.load(dtypes.get(operand), address(operand, row, column));
        }
        case Expr.Param x -> Leaves.of(params, x);
        case Expr.Index x -> {
          int fromEnd = key.rank - x.axis();
          yield math.toI64(fromEnd > 2 ? batchAt[x.axis()] : fromEnd == 2 ? row : column);
        }
        case Expr.Reduced x -> throw Leaves.unexpected(x);
        case Expr.Const x -> throw Leaves.unexpected(x);
        case Expr.Apply x -> throw Leaves.unexpected(x);
        case Expr.Cast x -> throw Leaves.unexpected(x);
      };
    }
  }
}
