package io.gradus.backend.cuda;

import io.gradus.backend.cuda.driver.DriverFailure;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.error.DeviceException;
import io.gradus.tensor.error.TensorException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a device still works, and which kernels may be to blame when it does not.
 *
 * <p>The driver reports the faults of kernels late and without a name, and after a grave one every
 * call fails. So the launches since the last synchronisation are remembered, and the first grave
 * failure is told again at each later call. Thread-safe.
 */
final class Health {
  /** Beyond so many, the oldest suspects are forgotten. */
  private static final int REMEMBERED = 256;

  private static final int NAMED = 8;

  private final String device;
  private final String[] operations = new String[REMEMBERED];
  private final String[] kernels = new String[REMEMBERED];
  private long launches;
  private volatile @Nullable String grave;

  Health(String device) {
    this.device = device;
  }

  /** Raises if the device does not work any more. */
  void check(String operation) {
    String first = grave;
    if (first != null) {
      throw new BackendException(
          "[%s] %s cannot be used any more in this process, because it failed before: %s; restart the program"
              .formatted(operation, device, first));
    }
  }

  /** A kernel was queued. */
  synchronized void launched(String operation, String kernel) {
    int place = (int) (launches % REMEMBERED);
    operations[place] = operation;
    kernels[place] = kernel;
    launches++;
  }

  /** Everything queued so far went well. */
  synchronized void synchronised() {
    launches = 0;
  }

  /**
   * What to throw for a failed call.
   *
   * @param kernel what the call itself was to launch, or empty
   */
  synchronized TensorException explain(DriverFailure failure, String operation, String kernel) {
    String what =
        "%s failed with %s%s"
            .formatted(
                failure.function(),
                DriverFailure.name(failure.code()),
                failure.detail().isEmpty() ? "" : ": " + failure.detail());
    if (failure.isFatal()) {
      String message = what + " after " + blamed();
      if (grave == null) {
        grave = message;
      }
      return new BackendException(
          "[%s] %s: %s; the device cannot be used any more in this process"
              .formatted(operation, device, message),
          failure);
    }
    if (failure.code() == DriverFailure.OUT_OF_MEMORY) {
      return new DeviceException(
          "[%s] %s out of memory: %s; free memory of other processes, or use smaller tensors"
              .formatted(operation, device, what),
          failure);
    }
    return new BackendException(
        "[%s] %s%s on %s%s"
            .formatted(
                operation,
                what,
                kernel.isEmpty() ? "" : " for kernel " + kernel,
                device,
                remedy(failure.code())),
        failure);
  }

  /** The launches that may have gone wrong. */
  private String blamed() {
    if (launches == 0) {
      return "no kernel of this library";
    }
    if (launches == 1) {
      return "kernel " + suspect(0);
    }
    Set<String> newest = new LinkedHashSet<>();
    long oldest = Math.max(0, launches - REMEMBERED);
    for (long i = launches - 1; i >= oldest && newest.size() < NAMED; i--) {
      newest.add(suspect(i));
    }
    return "one of %d kernels, the latest being %s; run with -D%s=true to learn which"
        .formatted(launches, String.join(", ", newest), CudaSettings.SYNC);
  }

  private String suspect(long launch) {
    int place = (int) (launch % REMEMBERED);
    String kernel = kernels[place];
    return kernel.isEmpty() ? operations[place] : operations[place] + " (" + kernel + ")";
  }

  private static String remedy(int code) {
    return switch (code) {
      case 209, 222 -> "; install a newer NVIDIA driver, this one cannot compile for the GPU";
      case 218 -> "; report it, with this message, to the authors of Gradus";
      case 701 -> "; report it to the authors of Gradus: the kernel wants more than the GPU has";
      case 901, 900, 906, 907 -> "; this cannot be done while work is captured";
      default -> "";
    };
  }
}
