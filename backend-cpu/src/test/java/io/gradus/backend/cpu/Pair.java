package io.gradus.backend.cpu;

import static org.junit.jupiter.api.Assertions.fail;

import io.gradus.tck.reference.ReferenceBackendProvider;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.BFloat16;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs kernels on the CPU and on the reference device over equal memory, and compares all of the
 * memory afterwards.
 */
public final class Pair {
  public static final Device CPU = new CpuBackendProvider().open().devices().getFirst();
  private static final Device REFERENCE =
      new ReferenceBackendProvider().open().devices().getFirst();

  private final Random random;
  private final List<Storage[]> storages = new ArrayList<>();

  public Pair(long seed) {
    random = new Random(seed);
  }

  /** The same operand on both devices; which of them a kernel is for decides the index. */
  public record Twin(Operand cpu, Operand reference) {
    public Operand on(boolean isCpu) {
      return isCpu ? cpu : reference;
    }
  }

  /** How an operand lies in memory. */
  public enum Form {
    DENSE,
    OFFSET,
    TRANSPOSED,
    GAPS,
    REPEATED
  }

  public Form form(boolean output) {
    Form[] all = Form.values();
    return all[random.nextInt(output ? all.length - 1 : all.length)];
  }

  public Random random() {
    return random;
  }

  /** An operand with interesting small numbers. */
  public Twin operand(DType dtype, Form form, long... sizes) {
    return operand(dtype, form, i -> value(dtype), sizes);
  }

  public Twin operand(DType dtype, Form form, Function<Integer, Double> value, long... sizes) {
    Layout layout = layout(form, sizes);
    int n = (int) Math.max(layout.end(), layout.offset()) + 3;
    MemorySegment memory = MemorySegment.ofArray(new long[n]);
    for (int i = 0; i < n; i++) {
      put(dtype, memory, i, value.apply(i));
    }
    MemorySegment bytes = memory.asSlice(0, (long) n * dtype.byteSize());
    Storage[] both = {CPU.allocate(dtype, n), REFERENCE.allocate(dtype, n)};
    for (Storage s : both) {
      s.device().upload(bytes, s, 0);
    }
    storages.add(both);
    return new Twin(new Operand(both[0], dtype, layout), new Operand(both[1], dtype, layout));
  }

  private Layout layout(Form form, long[] sizes) {
    Shape shape = Shape.of(sizes);
    long[] strides = Layout.rowMajor(shape);
    return switch (form) {
      case DENSE -> Layout.of(shape);
      case OFFSET -> Layout.of(shape, strides, 5);
      case TRANSPOSED -> {
        long step = 1;
        for (int d = 0; d < sizes.length; d++) {
          strides[d] = step;
          step *= Math.max(1, sizes[d]);
        }
        yield Layout.of(shape, strides, 2);
      }
      case GAPS -> {
        long step = 2;
        for (int d = sizes.length - 1; d >= 0; d--) {
          strides[d] = step;
          step *= Math.max(1, sizes[d]) + 1;
        }
        yield Layout.of(shape, strides, 1);
      }
      case REPEATED -> {
        for (int d = 0; d < sizes.length; d++) {
          strides[d] = random.nextBoolean() ? 0 : strides[d];
        }
        yield Layout.of(shape, strides, 1);
      }
    };
  }

  private double value(DType dtype) {
    if (dtype.isFloating()) {
      return switch (random.nextInt(40)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        case 2 -> -0.0;
        case 3 -> 0.0;
        default -> random.nextInt(16) * 0.25 - 2;
      };
    }
    return dtype == DType.BOOL
        ? random.nextInt(2)
        : random.nextInt(7) - (dtype == DType.U8 ? 0 : 3);
  }

  private static void put(DType dtype, MemorySegment m, int i, double v) {
    switch (dtype) {
      case F32 -> m.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) v);
      case F64 -> m.setAtIndex(ValueLayout.JAVA_DOUBLE, i, v);
      case I32 -> m.setAtIndex(ValueLayout.JAVA_INT, i, (int) v);
      case I64 -> m.setAtIndex(ValueLayout.JAVA_LONG, i, (long) v);
      case I16 -> m.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) v);
      case F16 -> m.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16((float) v));
      case BF16 -> m.setAtIndex(ValueLayout.JAVA_SHORT, i, BFloat16.fromFloat((float) v));
      case U8, I8, BOOL -> m.set(ValueLayout.JAVA_BYTE, i, (byte) v);
    }
  }

  private static double get(DType dtype, MemorySegment m, int i) {
    return switch (dtype) {
      case F32 -> m.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      case F64 -> m.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      case I32 -> m.getAtIndex(ValueLayout.JAVA_INT, i);
      case I64 -> m.getAtIndex(ValueLayout.JAVA_LONG, i);
      case I16 -> m.getAtIndex(ValueLayout.JAVA_SHORT, i);
      case F16 -> Float.float16ToFloat(m.getAtIndex(ValueLayout.JAVA_SHORT, i));
      case BF16 -> BFloat16.toFloat(m.getAtIndex(ValueLayout.JAVA_SHORT, i));
      case U8 -> m.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      case I8, BOOL -> m.get(ValueLayout.JAVA_BYTE, i);
    };
  }

  /** The used bytes of an operand's storage on the CPU. */
  public static double[] read(Operand o) {
    int n = (int) o.storage().size();
    double[] out = new double[n];
    MemorySegment m = download(o.storage());
    for (int i = 0; i < n; i++) {
      out[i] = get(o.dtype(), m, i);
    }
    return out;
  }

  private static MemorySegment download(Storage s) {
    MemorySegment m = MemorySegment.ofArray(new long[(int) s.size()]);
    s.device().download(s, 0, m.asSlice(0, s.byteSize()));
    return m;
  }

  /** Runs a kernel on both and compares every element of every operand. */
  public void check(Function<Boolean, Kernel> kernel, double tolerance) {
    check(CPU::run, kernel, tolerance);
  }

  /** As the other, with another way to run the kernel on the CPU. */
  public void check(Consumer<Kernel> cpu, Function<Boolean, Kernel> kernel, double tolerance) {
    cpu.accept(kernel.apply(true));
    REFERENCE.run(kernel.apply(false));
    for (Storage[] both : storages) {
      DType dtype = both[0].dtype();
      MemorySegment a = download(both[0]);
      MemorySegment b = download(both[1]);
      for (int i = 0; i < both[0].size(); i++) {
        double x = get(dtype, a, i);
        double y = get(dtype, b, i);
        double allowed = tolerance * Math.max(1, Math.abs(y)) * unit(dtype);
        if (!(x == y || (Double.isNaN(x) && Double.isNaN(y)) || Math.abs(x - y) <= allowed)) {
          fail("%s: element %d is %s, expected %s".formatted(kernel.apply(true), i, x, y));
        }
      }
    }
  }

  private static double unit(DType dtype) {
    return switch (dtype) {
      case F32 -> 0x1p-23;
      case F64 -> 0x1p-52;
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case U8, I8, I16, I32, I64, BOOL -> 0;
    };
  }
}
