package io.gradus.backend.cuda.driver;

import java.io.Serial;
import jcuda.driver.CUresult;

/** A call to the driver came back with an error; whoever knows the operation explains it. */
public final class DriverFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** CUDA_ERROR_OUT_OF_MEMORY. */
  public static final int OUT_OF_MEMORY = 2;

  private final int code;
  private final String function;
  private final String detail;

  /** An error of a function. */
  public DriverFailure(int code, String function) {
    this(code, function, "");
  }

  /** An error with more words, such as a compiler's log. */
  public DriverFailure(int code, String function, String detail) {
    super(function + ": " + name(code));
    this.code = code;
    this.function = function;
    this.detail = detail;
  }

  /** The {@code CUresult}. */
  public int code() {
    return code;
  }

  /** The driver's function. */
  public String function() {
    return function;
  }

  /** What the driver said besides; may be empty. */
  public String detail() {
    return detail;
  }

  /** As CUDA's documentation calls it, with the number. */
  public static String name(int code) {
    return CUresult.stringFor(code) + " (" + code + ")";
  }

  /** Whether nothing works any more in this process on that device. */
  public boolean isFatal() {
    return switch (code) {
      // ECC, NVLink, illegal address, timeout, destroyed context, assertion, stack, instruction,
      // alignment, address space, program counter, launch failure, unknown
      case 46, 214, 220, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999 -> true;
      default -> false;
    };
  }

  /** Throws if a call failed. */
  public static void check(int code, String function) {
    if (code != 0) {
      throw new DriverFailure(code, function);
    }
  }
}
