package io.gradus.backend.cuda.blas;

import io.gradus.backend.cuda.library.WorkQueue;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.layout.Layout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the products that cuBLAS can do, with their epilogues. */
public final class Products {
  private final Cublas cublas;
  private final boolean tf32;
  private final WorkQueue queue;

  /**
   * Products through cuBLAS.
   *
   * @param tf32 let float32 factors be rounded to 10 bits
   */
  public Products(Cublas cublas, boolean tf32, WorkQueue queue) {
    this.cublas = cublas;
    this.tf32 = tf32;
    this.queue = queue;
  }

  /** Queues the product, or returns false if others must do it. */
  public boolean run(Kernel.Contract kernel) {
    GemmType in = GemmType.of(kernel.a().dtype());
    Operand out = kernel.out();
    if (in == null || out.layout().numel() == 0) {
      return false;
    }
    Program epilogue = kernel.epilogue();
    if (epilogue == null) {
      return multiply(kernel, in, out.storage(), out.dtype(), out.layout(), kernel.beta());
    }
    if (kernel.beta() != 0) {
      return false;
    }
    return withEpilogue(kernel, in, epilogue);
  }

  private boolean withEpilogue(Kernel.Contract kernel, GemmType in, Program epilogue) {
    Operand out = kernel.out();
    DType wide = out.dtype().compute().dtype();
    Layout dense = Layout.of(out.layout().shape());
    if (GemmCall.of(kernel, dense) == null) {
      return false;
    }
    Storage product = queue.allocate(wide, dense.numel());
    try {
      multiply(kernel, in, product, wide, dense, 0);
      Operand[] inputs = new Operand[1 + kernel.operands().length];
      inputs[0] = new Operand(product, wide, dense);
      System.arraycopy(kernel.operands(), 0, inputs, 1, kernel.operands().length);
      queue.run(new Kernel.Elementwise(epilogue, inputs, new Operand[] {out}, kernel.params()));
      return true;
    } finally {
      product.release();
    }
  }

  private boolean multiply(
      Kernel.Contract kernel,
      GemmType in,
      Storage result,
      DType resultType,
      Layout layout,
      double beta) {
    @Nullable List<GemmCall> calls = GemmCall.of(kernel, layout);
    GemmType out = GemmType.of(resultType);
    if (calls == null || out == null) {
      return false;
    }
    Cublas.Types types =
        new Cublas.Types(in, kernel.a().dtype().byteSize(), out, resultType.byteSize(), tf32);
    queue.withWorkspace(
        Cublas.WORKSPACE_BYTES,
        workspace -> {
          cublas.begin(queue.stream(), workspace);
          long a = queue.address(kernel.a().storage());
          long b = queue.address(kernel.b().storage());
          long c = queue.address(result);
          for (GemmCall call : calls) {
            cublas.multiply(call, types, kernel.alpha(), beta, a, b, c);
            queue.launched("matmul", "cublasGemmStridedBatchedEx");
          }
        });
    return true;
  }
}
