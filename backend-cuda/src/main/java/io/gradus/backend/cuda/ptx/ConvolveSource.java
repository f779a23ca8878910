package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.tensor.dtype.DType;

/**
 * The text of a convolution as a matrix product: outputs by places, summed over channels and
 * window, with the second factor read straight from the input.
 *
 * <p>Parameters: outputs of a group, places, products of a sum; tiles in a group, tiles in a row;
 * the walk over products of the weight; the walk over places of the output and, along the batch,
 * the input; the windows; for weight, input and output the address and the strides of a group and
 * of a row (an output's for weight and output, a channel's for the input).
 *
 * @param spatial the number of spatial axes
 * @param spread whether there are zeros between the input's elements
 */
record ConvolveSource(DType dtype, int spatial, boolean spread, TileShape shape, boolean wide) {
  PtxSource write() {
    String name = "gradus_convolve";
    PtxCode code = shape.onTensorCores() ? TensorTileCode.code(name) : new PtxCode(name);
    IndexMath math = new IndexMath(code, wide);
    MemoryCode memory = new MemoryCode(code);
    TileCode.Size size = new TileCode.Size(math.parameter(), math.parameter(), math.parameter());
    Value tiles = code.parameter(RegisterType.B32);
    Value across = code.parameter(RegisterType.B32);
    WalkCode products = new WalkCode(math, spatial + 1, 1);
    WalkCode places = new WalkCode(math, spatial + 1, 2);
    WindowCode windows = new WindowCode(code, math, spatial, spread);
    Value[] bases = new Value[3];
    Value[] groupSteps = new Value[3];
    Value[] rowSteps = new Value[3];
    for (int i = 0; i < bases.length; i++) {
      bases[i] = code.address();
      groupSteps[i] = math.parameter();
      rowSteps[i] = math.parameter();
    }
    Value id = IndexMath.special(code, "%ctaid.x");
    Value group = math.of(code.op(RegisterType.B32, "div.u32", id, tiles));
    Value tile = code.op(RegisterType.B32, "rem.u32", id, tiles);
    Value tileRow = code.op(RegisterType.B32, "div.u32", tile, across);
    Value tileColumn = code.op(RegisterType.B32, "rem.u32", tile, across);
    int bytes = dtype.byteSize();
    for (int i = 0; i < bases.length; i++) {
      bases[i] = math.element(bases[i], math.mul(group, groupSteps[i]), bytes);
    }

    boolean halves = shape.onTensorCores() && dtype != DType.F32;
    DType as = halves ? HalfSide.BITS : dtype;
    TileSide weight =
        number -> {
          Value start = math.element(bases[0], math.mul(number, rowSteps[0]), bytes);
          return (depth, valid) -> {
            Value offset = products.offset(0, products.coordinates(depth));
            return memory.loadIf(valid, as, math.element(start, offset, bytes));
          };
        };
    TileSide input =
        number -> {
          Value[] at = places.coordinates(number);
          Value start = math.element(bases[1], places.offset(1, at), bytes);
          Value[] starts = windows.starts(at);
          return (depth, valid) -> {
            Value[] product = products.coordinates(depth);
            WindowCode.Tap tap = windows.tap(starts, product);
            Value offset = math.mulAdd(product[0], rowSteps[1], tap.offset());
            Value inside = code.op(RegisterType.PRED, "and.pred", valid, tap.inside());
            return memory.loadIf(inside, as, math.element(start, offset, bytes));
          };
        };
    Value firstRow = math.mul(math.of(tileRow), math.number(shape.rows));
    Value firstColumn = math.mul(math.of(tileColumn), math.number(shape.columns));
    TileCode.Result result =
        (row, column, sum) -> {
          Value offset = places.offset(0, places.coordinates(column), math.mul(row, rowSteps[2]));
          memory.store(dtype, math.element(bases[2], offset, bytes), sum);
        };
    if (shape.onTensorCores()) {
      new TensorTileCode(code, math, shape, dtype)
          .multiply(
              size,
              firstRow,
              firstColumn,
              halves ? new HalfSide.Elements(weight, true) : new FloatSide(weight, true),
              halves ? new HalfSide.Elements(input, false) : new FloatSide(input, false),
              result);
    } else {
      new TileCode(code, math, shape, dtype.compute())
          .multiply(size, firstRow, firstColumn, weight, true, input, false, result);
    }
    return code.finish();
  }
}
