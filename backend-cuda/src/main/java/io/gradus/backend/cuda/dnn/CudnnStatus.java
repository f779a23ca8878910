package io.gradus.backend.cuda.dnn;

/**
 * What a call of cuDNN returned that was not success. Version 9 gave the statuses numbers of their
 * own, in groups of a thousand.
 */
final class CudnnStatus extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int MAPPING_ERROR_8 = 7;
  private static final int EXECUTION_FAILED_8 = 8;
  private static final int EXECUTION_FAILED_9 = 5000;

  private final int status;

  CudnnStatus(String function, String name, int status) {
    super("%s: %s (%d)".formatted(function, name, status));
    this.status = status;
  }

  /** Whether nothing was done, so that another way can be taken. */
  boolean isRefusal() {
    return status != MAPPING_ERROR_8
        && status != EXECUTION_FAILED_8
        && status / 1000 != EXECUTION_FAILED_9 / 1000;
  }
}
