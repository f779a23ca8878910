package io.gradus.backend.cpu.fft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.backend.cpu.Pair;
import io.gradus.backend.cpu.Workers;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Kernel.Fft.Form;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.visnow.jlargearrays.ConcurrencyUtils;

class FftKernelsTest {
  private static Operand operand(DType dtype, Shape shape, double[] values) {
    Storage storage = Pair.CPU.allocate(dtype, shape.numel());
    if (values.length > 0) {
      Pair.CPU.upload(MemorySegment.ofArray(values), storage, 0);
    }
    return new Operand(storage, dtype, Layout.of(shape));
  }

  private static double[] transformed(Shape shape, double[] values) {
    Operand in = operand(DType.F64, shape, values);
    Operand out = operand(DType.F64, shape, new double[0]);
    Pair.CPU.run(new Kernel.Fft(in, 1, Form.COMPLEX, false, 1, out));
    double[] result = new double[values.length];
    Pair.CPU.download(out.storage(), 0, MemorySegment.ofArray(result));
    return result;
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    Shape shape = Shape.of(64, 509, 2);
    double[] values = new Random(1).doubles(shape.numel()).toArray();
    int before = Workers.threads();
    try {
      Workers.setThreads(1);
      double[] alone = transformed(shape, values);
      Workers.setThreads(3);
      assertArrayEquals(alone, transformed(shape, values));
    } finally {
      Workers.setThreads(before);
    }
  }

  @Test
  void aLongLineIsTransformedInTheCallersThreadAlone() {
    Shape shape = Shape.of(1, 1 << 17, 2);
    double[] values = new double[1 << 18];
    values[2] = 1;
    double[] result = transformed(shape, values);
    // One at place 1: a turn of 2 pi / n at every place.
    assertEquals(-1, result[2 * (1 << 16)], 1e-12);
    assertEquals(-1, result[2 * (1 << 15) + 1], 1e-12);
    assertEquals(1, ConcurrencyUtils.getNumberOfThreads());
  }

  @Test
  void otherDtypesAreRefused() {
    for (DType dtype : new DType[] {DType.F16, DType.BF16, DType.I64}) {
      Shape shape = Shape.of(4, 2);
      Operand x = operand(dtype, shape, new double[0]);
      Kernel.Fft kernel = new Kernel.Fft(x, 0, Form.COMPLEX, false, 1, x);
      assertFalse(Pair.CPU.supports(kernel));
      assertThrows(BackendException.class, () -> Pair.CPU.run(kernel));
    }
  }
}
