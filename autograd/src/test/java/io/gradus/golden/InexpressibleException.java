package io.gradus.golden;

import java.io.Serial;

/** A call that the compiler would refuse. */
public final class InexpressibleException extends UnsupportedOperationException {
  @Serial private static final long serialVersionUID = 1;

  /** Says which call. */
  public InexpressibleException(String message) {
    super(message);
  }
}
