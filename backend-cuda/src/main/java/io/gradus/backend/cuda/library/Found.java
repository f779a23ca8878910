package io.gradus.backend.cuda.library;

/** What came of the search for a library. */
public sealed interface Found<T> {
  /** It is ready. */
  record Ready<T>(T library) implements Found<T> {}

  /** It is not; the backend's own kernels serve. */
  record Missing<T>(String reason) implements Found<T> {}
}
