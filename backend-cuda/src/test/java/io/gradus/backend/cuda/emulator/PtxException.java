package io.gradus.backend.cuda.emulator;

/** PTX that cannot be read, or that says what this interpreter does not know. */
public final class PtxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public PtxException(String message) {
    super(message);
  }

  /** With what is wrong, and why. */
  public PtxException(String message, Throwable cause) {
    super(message, cause);
  }
}
