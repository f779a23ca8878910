package io.gradus.data;

import io.gradus.tensor.error.TensorException;
import java.io.Serial;
import java.time.Duration;

/** A batch took longer than the timeout of its loader. */
public final class LoadTimeoutException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  LoadTimeoutException(int batch, Duration timeout) {
    super(
        "[DataLoader] DataLoader timed out after %s s waiting for batch %d; see what its samples wait for, or allow more with timeout(…)"
            .formatted(timeout.toNanos() / 1e9, batch));
  }
}
