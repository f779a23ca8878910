package io.gradus.graph;

/** A registered hook. */
@FunctionalInterface
public interface HookHandle extends AutoCloseable {
  /** Takes the hook out again; harmless when repeated. */
  void remove();

  @Override
  default void close() {
    remove();
  }
}
