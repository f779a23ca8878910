package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.CpuStorage;
import io.gradus.backend.cpu.Workers;
import io.gradus.backend.cpu.runs.Evaluation;
import io.gradus.backend.cpu.runs.Runs;
import io.gradus.backend.cpu.runs.Walk;
import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link Kernel.Contract}: finds the matrices of the batch and finishes the plain products.
 *
 * <p>A product goes straight to its output where that has the compute type and nothing is left to
 * do; else to a temporary array first.
 */
public final class ContractKernels {
  /** Multiplications of one matrix from which its product is shared out itself. */
  private static final long LARGE = 1L << 21;

  private ContractKernels() {}

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
            && k.epilogue() == null
            && !k.out().dtype().isNarrow()
            && (out.stride(rank - 1) == 1
                || out.size(rank - 1) == 1
                || out.stride(rank - 2) == 1
                || out.size(rank - 2) == 1);
    if (direct) {
      multiply(type, source(a), source(b), new Source(CpuStorage.array(k.out()), out));
      return;
    }
    int n = Math.toIntExact(out.numel());
    Object product = Runs.array(type, n);
    Layout dense = Layout.of(out.shape());
    multiply(type, source(a), source(b), new Source(product, dense));
    finish(k, type, product, n, dense);
  }

  /** Elements in their compute type, and where they are. */
  private record Source(Object array, Layout layout) {}

  private static Source source(Operand o) {
    if (!o.dtype().isNarrow()) {
      return new Source(CpuStorage.array(o), o.layout());
    }
    int n = Math.toIntExact(o.layout().numel());
    Object wide = Runs.array(o.dtype().compute(), n);
    new Walk(o).load(0, n, wide, 0);
    return new Source(wide, Layout.of(o.layout().shape()));
  }

  private static void multiply(ComputeType type, Source a, Source b, Source c) {
    int rank = c.layout.rank();
    int m = (int) c.layout.size(rank - 2);
    int n = (int) c.layout.size(rank - 1);
    int k = (int) a.layout.size(rank - 1);
    long batch = c.layout.numel() / ((long) m * n);
    if (batch > 1 && rank == 3 && isTall(a.layout, b.layout, c.layout)) {
      m = (int) (m * batch);
      batch = 1;
    }
    int rows = m;
    long work = (long) m * n * Math.max(k, 1);
    int[][] at = new int[3][];
    Layout[] layouts = {a.layout, b.layout, c.layout};
    for (int i = 0; i < 3; i++) {
      at[i] = starts(layouts[i], (int) batch);
    }
    Workers.run(
        batch,
        work >= LARGE ? batch : Math.max(1, (1 << 16) / work),
        (from, to) -> {
          for (int i = (int) from; i < to; i++) {
            one(type, a, at[0][i], b, at[1][i], c, at[2][i], rows, n, k);
          }
        });
  }

  /** Whether the batch of products with one b is the product of all rows with it. */
  private static boolean isTall(Layout a, Layout b, Layout c) {
    return b.stride(0) == 0
        && a.stride(0) == a.size(1) * a.stride(1)
        && c.stride(0) == c.size(1) * c.stride(1);
  }

  private static int[] starts(Layout layout, int batch) {
    int rank = layout.rank();
    int[] at = new int[batch];
    for (int i = 0; i < batch; i++) {
      long p = layout.offset();
      long rest = i;
      for (int d = rank - 3; d >= 0; d--) {
        p += rest % layout.size(d) * layout.stride(d);
        rest /= layout.size(d);
      }
      at[i] = (int) p;
    }
    return at;
  }

  private static void one(
      ComputeType type, Source a, int ia, Source b, int ib, Source c, int ic, int m, int n, int k) {
    int rank = c.layout.rank();
    int ars = (int) a.layout.stride(rank - 2);
    int acs = (int) a.layout.stride(rank - 1);
    int brs = (int) b.layout.stride(rank - 2);
    int bcs = (int) b.layout.stride(rank - 1);
    int crs = (int) c.layout.stride(rank - 2);
    int ccs = (int) c.layout.stride(rank - 1);
    switch (type) {
      case F32 ->
          FloatGemm.multiply(
              new FloatMatrix((float[]) a.array, ia, m, k, ars, acs),
              new FloatMatrix((float[]) b.array, ib, k, n, brs, bcs),
              new FloatMatrix((float[]) c.array, ic, m, n, crs, ccs));
      case F64 ->
          DoubleGemm.multiply(
              new DoubleMatrix((double[]) a.array, ia, m, k, ars, acs),
              new DoubleMatrix((double[]) b.array, ib, k, n, brs, bcs),
              new DoubleMatrix((double[]) c.array, ic, m, n, crs, ccs));
      case I32 ->
          IntegerProducts.multiply(
              (int[]) a.array,
              ia,
              ars,
              acs,
              (int[]) b.array,
              ib,
              brs,
              bcs,
              (int[]) c.array,
              ic,
              crs,
              ccs,
              m,
              n,
              k);
      case I64 ->
          IntegerProducts.multiply(
              (long[]) a.array,
              ia,
              ars,
              acs,
              (long[]) b.array,
              ib,
              brs,
              bcs,
              (long[]) c.array,
              ic,
              crs,
              ccs,
              m,
              n,
              k);
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
          for (int p = (int) from; p < to; p += Evaluation.TILE) {
            int size = (int) Math.min(Evaluation.TILE, to - p);
            if (k.beta() != 0) {
              out.load(p, size, old, 0);
            }
            scale(type, product, p, old, size, k.alpha(), k.beta());
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
