package io.gradus.backend.cuda.standin;

import java.util.HashMap;
import java.util.Map;

/**
 * What the driver's opaque pointers stand for. None is given twice, so that old ones are noticed.
 */
final class Handles {
  private static final long FIRST = 0x5A0000000000L;
  private static final long STEP = 16;

  private final Map<Long, Object> all = new HashMap<>();
  private long next = FIRST;

  long reserve() {
    next += STEP;
    return next;
  }

  void put(long handle, Object value) {
    all.put(handle, value);
  }

  long add(Object value) {
    long handle = reserve();
    put(handle, value);
    return handle;
  }

  /** What a handle stands for; the call ends with an error if it is of another kind, or gone. */
  <T> T get(long handle, Class<T> type) {
    Object found = all.get(handle);
    if (!type.isInstance(found)) {
      throw CudaResult.ERROR_INVALID_HANDLE.error();
    }
    return type.cast(found);
  }

  <T> T remove(long handle, Class<T> type) {
    T found = get(handle, type);
    all.remove(handle);
    return found;
  }
}
