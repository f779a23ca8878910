package io.gradus.backend.cuda.standin;

/** The {@code CUresult}s that the stand-in gives. */
enum CudaResult {
  SUCCESS(0, "no error"),
  ERROR_INVALID_VALUE(1, "invalid argument"),
  ERROR_OUT_OF_MEMORY(2, "out of memory"),
  ERROR_NOT_INITIALIZED(3, "initialization error"),
  ERROR_DEINITIALIZED(4, "driver shutting down"),
  ERROR_DEVICE_UNAVAILABLE(46, "CUDA-capable device(s) is/are busy or unavailable"),
  ERROR_NO_DEVICE(100, "no CUDA-capable device is detected"),
  ERROR_INVALID_DEVICE(101, "invalid device ordinal"),
  ERROR_INVALID_CONTEXT(201, "invalid device context"),
  ERROR_NO_BINARY_FOR_GPU(209, "no kernel image is available for execution on the device"),
  ERROR_PEER_ACCESS_UNSUPPORTED(217, "peer access is not supported between these two devices"),
  ERROR_INVALID_PTX(218, "a PTX JIT compilation failed"),
  ERROR_UNSUPPORTED_PTX_VERSION(
      222, "the provided PTX was compiled with an unsupported toolchain."),
  ERROR_INVALID_HANDLE(400, "invalid resource handle"),
  ERROR_NOT_FOUND(500, "named symbol not found"),
  ERROR_NOT_READY(600, "device not ready"),
  ERROR_ILLEGAL_ADDRESS(700, "an illegal memory access was encountered"),
  ERROR_LAUNCH_OUT_OF_RESOURCES(701, "too many resources requested for launch"),
  ERROR_LAUNCH_TIMEOUT(702, "the launch timed out and was terminated"),
  ERROR_PEER_ACCESS_ALREADY_ENABLED(704, "peer access is already enabled"),
  ERROR_PEER_ACCESS_NOT_ENABLED(705, "peer access has not been enabled"),
  ERROR_ASSERT(710, "device-side assert triggered"),
  ERROR_ILLEGAL_INSTRUCTION(715, "an illegal instruction was encountered"),
  ERROR_MISALIGNED_ADDRESS(716, "misaligned address"),
  ERROR_LAUNCH_FAILED(719, "unspecified launch failure"),
  ERROR_NOT_SUPPORTED(801, "operation not supported"),
  ERROR_STREAM_CAPTURE_UNSUPPORTED(900, "operation not permitted when stream is capturing"),
  ERROR_STREAM_CAPTURE_INVALIDATED(901, "operation failed due to a previous error during capture"),
  ERROR_STREAM_CAPTURE_UNMATCHED(903, "capture was not initiated in this stream"),
  ERROR_STREAM_CAPTURE_ISOLATION(905, "dependency created on uncaptured work in another stream"),
  ERROR_STREAM_CAPTURE_IMPLICIT(
      906, "operation would make the legacy stream depend on a capturing blocking stream"),
  ERROR_UNKNOWN(999, "unknown error");

  final int code;
  final String text;

  CudaResult(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** An exception that makes the current call end with this. */
  CudaError error() {
    return new CudaError(code);
  }

  /** As an exception inside of a call of the driver. */
  static final class CudaError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int code;

    CudaError(int code) {
      super("CUresult " + code, null, false, false);
      this.code = code;
    }
  }
}
