package io.gradus.backend.cuda;

import io.gradus.backend.cuda.blas.Cublas;
import io.gradus.backend.cuda.blas.Products;
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
 * Queues kernels: products through cuBLAS where it is found and can, everything else as plans. For
 * one thread at a time, with the GPU entered.
 */
final class KernelQueue implements Products.Queue {
  private final CudaDevice device;
  private final Planner planner;
  private final DeviceTraits traits;
  private final PlanRunner runner;
  private final CudaSettings settings;
  private Cublas.@Nullable Found found;
  private @Nullable Products products;

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
    if (kernel instanceof Kernel.Contract contract) {
      Products fast = products();
      if (fast != null && fast.run(contract)) {
        return;
      }
    }
    Plan plan = planner.plan(kernel, traits);
    if (!plan.steps().isEmpty()) {
      runner.run(plan, device.currentStream());
    }
  }

  /** What does matrix products: looked for when first needed, since loading it takes a while. */
  String productsDescription() {
    products();
    return switch (found) {
      case Cublas.Found.Ready r -> r.cublas().description();
      case Cublas.Found.Missing m -> "own kernels (cuBLAS: " + m.reason() + ")";
      case null -> throw new IllegalStateException("searched for above");
    };
  }

  private @Nullable Products products() {
    if (found == null) {
      found = Cublas.find();
      products =
          switch (found) {
            case Cublas.Found.Ready r -> new Products(r.cublas(), settings.tf32(), this);
            case Cublas.Found.Missing m -> null;
          };
    }
    return products;
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
