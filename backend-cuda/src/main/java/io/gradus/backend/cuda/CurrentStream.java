package io.gradus.backend.cuda;

/** Which stream of one device the running code's work goes to. */
final class CurrentStream {
  private final ScopedValue<CudaStream> chosen = ScopedValue.newInstance();

  /** The chosen stream, or the main one. */
  CudaStream or(CudaStream main) {
    return chosen.orElse(main);
  }

  void where(CudaStream stream, Runnable work) {
    ScopedValue.where(chosen, stream).run(work);
  }
}
