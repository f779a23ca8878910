package io.gradus.tensor.backend;

/** A queue of work on a device beside others, such as a CUDA stream. */
public interface DeviceStream {
  /** The device that does the work. */
  Device device();

  /**
   * From now on what the calling thread asks of the device goes to this stream, until the scope is
   * closed in the same thread. The Kotlin DSL makes an element of a coroutine's context of it.
   */
  Scope enter();

  /** What to restore when a block ends; closing it twice does no harm. */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
