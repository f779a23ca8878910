package io.gradus.data;

import io.gradus.tensor.error.TensorException;
import java.io.Serial;

/** A sample could not be loaded. */
public final class LoadException extends TensorException {
  @Serial private static final long serialVersionUID = 1;

  private final long index;

  LoadException(long index, Throwable cause) {
    super("[DataLoader] sample " + index + " could not be loaded: " + cause, cause);
    this.index = index;
  }

  /** The index of the sample in its data set. */
  public long index() {
    return index;
  }
}
