package io.gradus.data;

import io.gradus.tensor.error.TensorException;
import java.io.Serial;

/** A file could not be downloaded; what was there before is as it was. */
public final class DownloadException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  DownloadException(String message) {
    super(message);
  }

  DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
