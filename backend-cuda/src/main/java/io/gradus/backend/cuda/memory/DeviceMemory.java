package io.gradus.backend.cuda.memory;

/** The driver's memory and the order of its streams, as far as an allocator must know them. */
public interface DeviceMemory {
  /** Memory of the device; 0 if there is not enough. */
  long allocate(long bytes);

  /** Gives memory back, after all work that uses it. */
  void free(long address);

  /** Notes what was asked of a stream so far. */
  Mark mark(long stream);

  /** A point in the work of a stream. */
  interface Mark {
    /** Whether the work before it is done. */
    boolean isPassed();

    /** Waits until it is. */
    void await();

    /** Nobody will ask again. */
    void discard();
  }
}
