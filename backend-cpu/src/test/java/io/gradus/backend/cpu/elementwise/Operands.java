package io.gradus.backend.cpu.elementwise;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.Random;

/** Makes operands in every layout, filled with ordinary and with special numbers. */
final class Operands {
  static final Device CPU = Device.cpu();

  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    -2.5,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    255.9,
    256,
    -129,
    32768.5,
    65519,
    65520,
    1e-8,
    3e9,
    -3e9,
    1e19,
    -1e19,
    3.4028236e38,
    1e-40
  };

  private Operands() {}

  /** How the elements lie. */
  enum Form {
    CONTIGUOUS,
    OFFSET,
    TRANSPOSED,
    GAPS,
    ROW,
    COLUMN,
    SINGLE
  }

  /** An operand of a shape with two dimensions, filled at random. */
  static Operand of(DType dtype, Form form, long rows, long columns, Random random) {
    return of(dtype, layout(form, rows, columns), random);
  }

  /** An operand of a layout, in a storage a little longer, filled at random. */
  static Operand of(DType dtype, Layout layout, Random random) {
    Operand o = new Operand(CPU.allocate(dtype, layout.end() + 3), dtype, layout);
    fill(o, random);
    return o;
  }

  static Layout layout(Form form, long rows, long columns) {
    Shape shape = Shape.of(rows, columns);
    return switch (form) {
      case CONTIGUOUS -> Layout.of(shape);
      case OFFSET -> Layout.of(shape, new long[] {columns, 1}, 5);
      case TRANSPOSED -> Layout.of(shape, new long[] {1, rows}, 2);
      case GAPS -> Layout.of(shape, new long[] {2 * columns + 3, 2}, 1);
      case ROW -> Layout.of(shape, new long[] {0, 1}, 4);
      case COLUMN -> Layout.of(shape, new long[] {1, 0}, 0);
      case SINGLE -> Layout.of(shape, new long[] {0, 0}, 7);
    };
  }

  private static void fill(Operand o, Random random) {
    Storage s = o.storage();
    Object a = CpuStorage.array(o);
    for (int i = 0; i < s.size(); i++) {
      double v =
          random.nextInt(3) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : random.nextGaussian() * 4;
      switch (o.dtype()) {
        case F32 -> ((float[]) a)[i] = (float) v;
        case F64 -> ((double[]) a)[i] = v;
        case I32 -> ((int[]) a)[i] = random.nextInt(3) == 0 ? random.nextInt() : (int) v;
        case I64 -> ((long[]) a)[i] = random.nextInt(3) == 0 ? random.nextLong() : (long) v;
        case F16 -> ((short[]) a)[i] = Float.floatToFloat16((float) v);
        case BF16 -> ((short[]) a)[i] = BFloat16.fromFloat((float) v);
        case I16 -> ((short[]) a)[i] = (short) random.nextInt();
        case I8, U8 -> ((byte[]) a)[i] = (byte) random.nextInt();
        case BOOL -> ((byte[]) a)[i] = (byte) random.nextInt(2);
      }
    }
  }
}
