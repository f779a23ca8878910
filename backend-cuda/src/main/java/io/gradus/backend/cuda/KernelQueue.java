package io.gradus.backend.cuda;

import io.gradus.backend.cuda.blas.Cublas;
import io.gradus.backend.cuda.blas.Products;
import io.gradus.backend.cuda.dnn.Convolutions;
import io.gradus.backend.cuda.dnn.Cudnn;
import io.gradus.backend.cuda.library.Found;
import io.gradus.backend.cuda.library.Library;
import io.gradus.backend.cuda.library.LibrarySearch;
import io.gradus.backend.cuda.library.WorkQueue;
import io.gradus.backend.cuda.memory.Block;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.ptx.Planner;
import io.gradus.tensor.backend.Storage;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.kernel.Kernel;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Queues kernels: products through cuBLAS and convolutions through cuDNN where they are found and
 * can, everything else as plans. For one thread at a time, with the GPU entered.
 */
final class KernelQueue implements WorkQueue {
  private final CudaDevice device;
  private final Planner planner;
  private final DeviceTraits traits;
  private final PlanRunner runner;
  private final CudaSettings settings;
  private @Nullable Found<Cublas> cublas;
  private @Nullable Products products;
  private @Nullable Found<Cudnn> cudnn;
  private @Nullable Convolutions convolutions;

  KernelQueue(CudaDevice device, DeviceTraits traits, Planner planner, CudaSettings settings) {
    this.device = device;
    this.traits = traits;
    this.planner = planner;
    this.settings = settings;
    this.runner = new PlanRunner(device, settings.sync());
  }

  boolean supports(Kernel kernel) {
    return planner.supports(kernel);
  }

  @Override
  public void run(Kernel kernel) {
    if (!byLibrary(kernel)) {
      plan(kernel);
    }
  }

  private boolean byLibrary(Kernel kernel) {
    if (kernel instanceof Kernel.Contract contract) {
      Products fast = products();
      return fast != null && fast.run(contract);
    }
    if (kernel instanceof Kernel.Convolve convolve) {
      Convolutions fast = convolutions();
      return fast != null && fast.run(convolve);
    }
    return false;
  }

  private void plan(Kernel kernel) {
    Plan plan = planner.plan(kernel, traits);
    if (!plan.steps().isEmpty()) {
      runner.run(plan, device.currentStream());
    }
  }

  /** What does matrix products: looked for when first needed, since loading it takes a while. */
  String productsDescription() {
    products();
    return switch (cublas) {
      case Found.Ready<Cublas> r -> r.library().description();
      case Found.Missing<Cublas> m -> "own kernels (cuBLAS: " + m.reason() + ")";
      case null -> throw new IllegalStateException("searched for above");
    };
  }

  /** What does convolutions. */
  String convolutionsDescription() {
    Convolutions fast = convolutions();
    return switch (cudnn) {
      case Found.Ready<Cudnn> r -> fast == null ? r.library().description() : fast.description();
      case Found.Missing<Cudnn> m -> "own kernels (cuDNN: " + m.reason() + ")";
      case null -> throw new IllegalStateException("searched for above");
    };
  }

  private @Nullable Products products() {
    if (cublas == null) {
      cublas = LibrarySearch.find(Library.CUBLAS, Cublas::new);
      products =
          switch (cublas) {
            case Found.Ready<Cublas> r -> new Products(r.library(), settings.tf32(), this);
            case Found.Missing<Cublas> m -> null;
          };
    }
    return products;
  }

  private @Nullable Convolutions convolutions() {
    if (cudnn == null) {
      // cuDNN calls cuBLAS, and takes the one that is loaded.
      products();
      cudnn = LibrarySearch.find(Library.CUDNN, Cudnn::new);
      convolutions =
          switch (cudnn) {
            case Found.Ready<Cudnn> r ->
                new Convolutions(r.library(), settings.tf32(), settings.anyOrder(), this);
            case Found.Missing<Cudnn> m -> null;
          };
    }
    return convolutions;
  }

  @Override
  public long address(Storage storage) {
    return device.address((CudaStorage) storage, device.currentStream());
  }

  @Override
  public Storage allocate(DType dtype, long elements) {
    return device.allocate(dtype, elements);
  }

  @Override
  public long stream() {
    return device.currentStream().gpuStream().number();
  }

  @Override
  public void withWorkspace(long bytes, LongConsumer work) {
    Block block = device.allocateBlock(bytes, device.currentStream());
    try {
      work.accept(block.address());
    } finally {
      // The stream's order keeps it for what was queued.
      device.heap().free(block);
    }
  }

  @Override
  public void launched(String operation, String kernel) {
    runner.queued(operation, kernel, device.currentStream());
  }
}
