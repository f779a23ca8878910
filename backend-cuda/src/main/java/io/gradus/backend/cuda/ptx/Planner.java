package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Kernel;

/**
 * Says which launches do a kernel's work.
 *
 * <p>Texts are written once for all kernels that differ only in memory, sizes, strides and params.
 * Thread-safe.
 */
public final class Planner {
  private final Sources sources;

  /**
   * A planner that has written nothing yet.
   *
   * @param tf32 whether products of {@code f32} may round their factors to 10 bits, for tensor
   *     cores
   */
  public Planner(boolean tf32) {
    this(new Sources(tf32));
  }

  /** A planner with these texts. */
  Planner(Sources sources) {
    this.sources = sources;
  }

  /** Whether {@link #plan} takes this kernel. */
  public boolean supports(Kernel kernel) {
    return switch (kernel) {
      case Kernel.Elementwise k -> true;
      case Kernel.Reduce k -> true;
      case Kernel.Rows k -> RowsPlan.fits(k);
      case Kernel.Scan k -> true;
      case Kernel.Sort k -> true;
      case Kernel.Contract k -> true;
      case Kernel.Gather k -> true;
      case Kernel.Scatter k -> true;
      case Kernel.Convolve k -> k.bias() == null;
      case Kernel.MaxPool k -> true;
      case Kernel.Factor k -> false;
      case Kernel.Fft k -> false;
    };
  }

  /**
   * The launches for a kernel; none if there is nothing to compute.
   *
   * @throws BackendException for a kernel that is not supported
   */
  public Plan plan(Kernel kernel, DeviceTraits traits) {
    return switch (kernel) {
      case Kernel.Elementwise k -> ElementwisePlan.of(k, traits, sources);
      case Kernel.Reduce k -> ReducePlan.of(k, sources);
      case Kernel.Rows k -> RowsPlan.of(k, sources);
      case Kernel.Scan k -> ScanPlan.of(k, traits, sources);
      case Kernel.Sort k -> SortPlan.of(k, traits, sources);
      case Kernel.Contract k -> ContractPlan.of(k, traits, sources);
      case Kernel.Gather k -> GatherPlan.of(k, traits, sources);
      case Kernel.Scatter k -> ScatterPlan.of(k, traits, sources);
      case Kernel.Convolve k -> {
        if (k.bias() != null) {
          throw lacking(k);
        }
        yield ConvolvePlan.of(k, traits, sources);
      }
      case Kernel.MaxPool k -> MaxPoolPlan.of(k, traits, sources);
      case Kernel.Factor k -> throw lacking(k);
      case Kernel.Fft k -> throw lacking(k);
    };
  }

  /** How many different texts have been written. */
  public int sourceCount() {
    return sources.size();
  }

  private static BackendException lacking(Kernel kernel) {
    return new BackendException(
        "[%s] there is no CUDA kernel for this; move the operands to the CPU"
            .formatted(kernel.getClass().getSimpleName()));
  }
}
