package io.gradus.golden;

import java.io.Serial;

/** The operation exists, but takes no arguments of these types. */
final class NoOverloadException extends UnsupportedOperationException {
  @Serial private static final long serialVersionUID = 1;

  NoOverloadException(String message) {
    super(message);
  }
}
