package io.gradus.backend.cuda.emulator;

/**
 * What stops a kernel in the middle, as hardware would; the driver makes it the context's error.
 */
public final class KernelFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The faults that hardware tells apart. */
  public enum Kind {
    /** Memory that is not there, or not any more. */
    ILLEGAL_ADDRESS(700),
    /** An address that is no multiple of the access's size. */
    MISALIGNED_ADDRESS(716),
    /** A barrier or exchange that not all of its lanes reach, or an instruction that is refused. */
    ILLEGAL_INSTRUCTION(715),
    /** {@code trap}. */
    ASSERT(710),
    /** It did not end. */
    TIMEOUT(702);

    /** The {@code CUresult}. */
    public final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /** Which one. */
  public final Kind kind;

  KernelFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }
}
