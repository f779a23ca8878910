package io.gradus.backend.cpu;

import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that this thread gave back a moment ago, for its next results: what they held is likely to
 * be in the core's own cache still, while new memory never is.
 *
 * <p>For arrays that are smaller than those of the {@link ArrayPool} and large enough for this to
 * matter. Few of them, and of few bytes: more would not fit into a cache. Virtual threads, of which
 * there may be a million, keep none.
 */
final class RecentArrays {
  /** Smaller arrays are allocated in no more time than it takes to look here. */
  private static final int MIN_BYTES = 16 << 10;

  private static final int SLOTS = 16;

  /** About what a core's own cache holds. */
  static final int MAX_BYTES = 2 << 20;

  private static final SoftLocal<RecentArrays> OWN = new SoftLocal<>(RecentArrays::new);

  /** Whether any thread has given one. Need not be volatile: each finds its own arrays only. */
  private static boolean isUsed;

  private final @Nullable Object[] arrays = new Object[SLOTS];
  private final int[] sizes = new int[SLOTS]; // bytes
  private int count;
  private int bytes;

  private RecentArrays() {}

  /** An array with at least so many elements and an eighth more at most; null if there is none. */
  static @Nullable Object take(ArrayKind kind, int elements) {
    return isUsed
            && (long) elements * kind.bytes >= MIN_BYTES
            && !Thread.currentThread().isVirtual()
        ? OWN.get().newest(kind, elements)
        : null;
  }

  /** Takes an array that nobody uses any more. */
  static void give(ArrayKind kind, Object array) {
    long bytes = kind.byteLength(array);
    if (bytes >= MIN_BYTES && bytes < ArrayPool.MIN_BYTES && !Thread.currentThread().isVirtual()) {
      isUsed = true;
      OWN.get().add(array, (int) bytes);
    }
  }

  /** Bytes that lie here for this thread: for tests. */
  static int bytes() {
    return OWN.get().bytes;
  }

  private @Nullable Object newest(ArrayKind kind, int elements) {
    for (int i = count - 1; i >= 0; i--) {
      Object array = arrays[i];
      if (array != null && kind.holds(array)) {
        int spare = Array.getLength(array) - elements;
        if (spare >= 0 && spare <= elements >> 3) {
          remove(i);
          return array;
        }
      }
    }
    return null;
  }

  /** Those that have been here longest make room. */
  private void add(Object array, int size) {
    while (count == SLOTS || bytes + size > MAX_BYTES) {
      remove(0);
    }
    arrays[count] = array;
    sizes[count++] = size;
    bytes += size;
  }

  private void remove(int i) {
    bytes -= sizes[i];
    count--;
    System.arraycopy(arrays, i + 1, arrays, i, count - i);
    System.arraycopy(sizes, i + 1, sizes, i, count - i);
    arrays[count] = null;
  }

  @Override
  public String toString() {
    return Arrays.toString(arrays);
  }
}
