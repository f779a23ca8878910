package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Evaluation;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ScalarOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link Kernel.Contract}: finds the matrices of the batch and finishes the plain products.
 *
 * <p>A product goes straight to its output where that has the compute type and nothing is left to
 * do, or something is only to be added; else to a temporary array first.
 */
public final class ContractKernels {
  /** Multiplications of one matrix from which its product is shared out itself. */
  private static final long LARGE = 1L << 21;

  private static final Expr F32_SUM = sum(ComputeType.F32);
  private static final Expr F64_SUM = sum(ComputeType.F64);

  private ContractKernels() {}

  private static Expr sum(ComputeType type) {
    return Expr.of(ScalarOp.ADD, Expr.input(0, type), Expr.input(1, type));
  }

  /** Runs the kernel to its end. */
  public static void run(Kernel.Contract k) {
    Layout out = k.out().layout();
    if (out.numel() == 0) {
      return;
    }
    ComputeType type = k.out().dtype().compute();
    Operand a = k.a();
    Operand b = k.b();
    int rank = out.rank();
    boolean direct =
        k.alpha() == 1
            && k.beta() == 0
            && (k.epilogue() == null || isAddition(k))
            && !k.out().dtype().isNarrow()
            && (out.stride(rank - 1) == 1
                || out.size(rank - 1) == 1
                || out.stride(rank - 2) == 1
                || out.size(rank - 2) == 1);
    if (direct) {
      Source addend = k.epilogue() == null ? null : Source.of(k.operands()[0]);
      Source c = new Source(CpuStorage.array(k.out()), out);
      multiply(type, Source.of(a), Source.of(b), addend, c);
      return;
    }
    int n = Math.toIntExact(out.numel());
    Object product = Runs.array(type, n);
    Layout dense = Layout.of(out.shape());
    multiply(type, Source.of(a), Source.of(b), null, new Source(product, dense));
    finish(k, type, product, n, dense);
  }

  /** Whether the epilogue adds something to the product that is not the output itself. */
  private static boolean isAddition(Kernel.Contract k) {
    ComputeType type = k.out().dtype().compute();
    if (k.epilogue() == null || !type.isFloating() || k.operands().length != 1) {
      return false;
    }
    return k.epilogue().outputs().get(0) == (type == ComputeType.F32 ? F32_SUM : F64_SUM)
        && CpuStorage.array(k.operands()[0]) != CpuStorage.array(k.out());
  }

  /** Elements in their compute type, and where they are. */
  private record Source(Object array, Layout layout) {
    static Source of(Operand o) {
      if (!o.dtype().isNarrow()) {
        return new Source(CpuStorage.array(o), o.layout());
      }
      int n = Math.toIntExact(o.layout().numel());
      Object wide = Runs.array(o.dtype().compute(), n);
      new Walk(o).load(0, n, wide, 0);
      return new Source(wide, Layout.of(o.layout().shape()));
    }

    int rowStride() {
      return (int) layout.stride(layout.rank() - 2);
    }

    int stride() {
      return (int) layout.stride(layout.rank() - 1);
    }

    /** Where each matrix of the batch starts. */
    int[] starts(int batch) {
      int[] at = new int[batch];
      for (int i = 0; i < batch; i++) {
        long p = layout.offset();
        long rest = i;
        for (int d = layout.rank() - 3; d >= 0; d--) {
          p += rest % layout.size(d) * layout.stride(d);
          rest /= layout.size(d);
        }
        at[i] = (int) p;
      }
      return at;
    }

    FloatMatrix floats(int at, int rows, int columns, @Nullable FloatMatrix addend) {
      return new FloatMatrix((float[]) array, at, rows, columns, rowStride(), stride(), addend);
    }

    DoubleMatrix doubles(int at, int rows, int columns, @Nullable DoubleMatrix addend) {
      return new DoubleMatrix((double[]) array, at, rows, columns, rowStride(), stride(), addend);
    }
  }

  /** {@code c = a b}, plus the addend if there is one: of the shape of c, for floating types. */
  private static void multiply(
      ComputeType type, Source a, Source b, @Nullable Source addend, Source c) {
    int rank = c.layout.rank();
    int m = (int) c.layout.size(rank - 2);
    int n = (int) c.layout.size(rank - 1);
    int k = (int) a.layout.size(rank - 1);
    long batch = c.layout.numel() / ((long) m * n);
    if (batch > 1
        && rank == 3
        && b.layout.stride(0) == 0
        && isTall(a)
        && isTall(c)
        && (addend == null || isTall(addend))) {
      m = (int) (m * batch);
      batch = 1;
    }
    int rows = m;
    long work = (long) m * n * Math.max(k, 1);
    int count = (int) batch;
    int[] ia = a.starts(count);
    int[] ib = b.starts(count);
    int[] ic = c.starts(count);
    int[] id = addend == null ? ic : addend.starts(count);
    Workers.run(
        batch,
        work >= LARGE ? batch : Math.max(1, (1 << 16) / work),
        (from, to) -> {
          for (int i = (int) from; i < to; i++) {
            switch (type) {
              case F32 -> {
                FloatMatrix d = addend == null ? null : addend.floats(id[i], rows, n, null);
                FloatGemm.multiply(
                    a.floats(ia[i], rows, k, null),
                    b.floats(ib[i], k, n, null),
                    c.floats(ic[i], rows, n, d));
              }
              case F64 -> {
                DoubleMatrix d = addend == null ? null : addend.doubles(id[i], rows, n, null);
                DoubleGemm.multiply(
                    a.doubles(ia[i], rows, k, null),
                    b.doubles(ib[i], k, n, null),
                    c.doubles(ic[i], rows, n, d));
              }
              case I32, I64 -> integers(type, a, ia[i], b, ib[i], c, ic[i], rows, n, k);
            }
          }
        });
  }

  /** Whether the rows of a batch go on as those of one matrix: then products with one b are one. */
  private static boolean isTall(Source s) {
    return s.layout.stride(0) == s.layout.size(1) * s.layout.stride(1);
  }

  private static void integers(
      ComputeType type, Source a, int ia, Source b, int ib, Source c, int ic, int m, int n, int k) {
    int ars = a.rowStride();
    int acs = a.stride();
    int brs = b.rowStride();
    int bcs = b.stride();
    int crs = c.rowStride();
    int ccs = c.stride();
    if (type == ComputeType.I32) {
      int[] x = (int[]) a.array;
      int[] y = (int[]) b.array;
      int[] z = (int[]) c.array;
      IntegerProducts.multiply(x, ia, ars, acs, y, ib, brs, bcs, z, ic, crs, ccs, m, n, k);
    } else {
      long[] x = (long[]) a.array;
      long[] y = (long[]) b.array;
      long[] z = (long[]) c.array;
      IntegerProducts.multiply(x, ia, ars, acs, y, ib, brs, bcs, z, ic, crs, ccs, m, n, k);
    }
  }

  private static void finish(
      Kernel.Contract k, ComputeType type, Object product, int n, Layout dense) {
    Walk out = new Walk(k.out());
    Workers.run(
        n,
        1 << 14,
        (from, to) -> {
          Object old = Runs.array(type, k.beta() == 0 ? 0 : Evaluation.TILE);
          for (long p = from; p < to; p += Evaluation.TILE) { // an int may pass the largest one
            int size = (int) Math.min(Evaluation.TILE, to - p);
            if (k.beta() != 0) {
              out.load(p, size, old, 0);
            }
            scale(type, product, (int) p, old, size, k.alpha(), k.beta());
          }
        });
    Program epilogue = k.epilogue();
    if (epilogue == null) {
      Workers.run(
          n,
          1 << 14,
          (from, to) -> {
            out.store(type, product, (int) from, from, (int) (to - from));
          });
      return;
    }
    Shape shape = dense.shape();
    @Nullable Operand[] in = new Operand[1 + k.operands().length];
    System.arraycopy(k.operands(), 0, in, 1, k.operands().length);
    Evaluation evaluation = new Evaluation(epilogue, in, shape, k.params());
    Workers.run(
        n,
        1 << 14,
        (from, to) -> {
          Evaluation.Scratch scratch = new Evaluation.Scratch(evaluation);
          for (long p = from; p < to; p += Evaluation.TILE) {
            int size = (int) Math.min(Evaluation.TILE, to - p);
            System.arraycopy(product, (int) p, scratch.given(0), 0, size);
            evaluation.run(p, size, scratch);
            out.store(evaluation.type(0), evaluation.value(scratch, 0), 0, p, size);
          }
        });
  }

  private static void scale(
      ComputeType type, Object product, int o, Object old, int n, double alpha, double beta) {
    switch (type) {
      case F32 -> {
        float[] p = (float[]) product;
        float[] c = (float[]) old;
        float x = (float) alpha;
        float y = (float) beta;
        for (int i = 0; i < n; i++) {
          p[o + i] = y == 0 ? x * p[o + i] : Math.fma(y, c[i], x * p[o + i]);
        }
      }
      case F64 -> {
        double[] p = (double[]) product;
        double[] c = (double[]) old;
        for (int i = 0; i < n; i++) {
          p[o + i] = beta == 0 ? alpha * p[o + i] : Math.fma(beta, c[i], alpha * p[o + i]);
        }
      }
      case I32 -> {
        int[] p = (int[]) product;
        int[] c = (int[]) old;
        for (int i = 0; i < n; i++) {
          p[o + i] = (int) alpha * p[o + i] + (beta == 0 ? 0 : (int) beta * c[i]);
        }
      }
      case I64 -> {
        long[] p = (long[]) product;
        long[] c = (long[]) old;
        for (int i = 0; i < n; i++) {
          p[o + i] = (long) alpha * p[o + i] + (beta == 0 ? 0 : (long) beta * c[i]);
        }
      }
    }
  }
}
