package io.gradus.tensor.layout;

/**
 * Whether writing through one layout can be seen through another one of the same storage.
 *
 * <p>The cheap, conservative tests that PyTorch makes before each in-place operation: {@link
 * #UNKNOWN} is let through, as there.
 */
public enum Overlap {
  /** No element is shared. */
  NONE,
  /** Both name the same elements in the same order. */
  FULL,
  /** Some elements are shared, or all of them in another order. */
  PARTIAL,
  /** Too hard to say. */
  UNKNOWN;

  /** How two layouts of one storage overlap. */
  public static Overlap between(Layout a, Layout b) {
    if (a == b) {
      return FULL;
    }
    if (a.numel() == 0 || b.numel() == 0) {
      return NONE;
    }
    if (!a.isNonOverlappingAndDense() || !b.isNonOverlappingAndDense()) {
      return UNKNOWN;
    }
    if (a.offset() == b.offset() && a.end() == b.end()) {
      return sameStrides(a, b) ? FULL : PARTIAL;
    }
    return a.offset() < b.end() && b.offset() < a.end() ? PARTIAL : NONE;
  }

  private static boolean sameStrides(Layout a, Layout b) {
    if (a.rank() != b.rank()) {
      return a.isContiguous() && b.isContiguous();
    }
    for (int d = 0; d < a.rank(); d++) {
      if (a.stride(d) != b.stride(d)) {
        return a.isContiguous() && b.isContiguous();
      }
    }
    return true;
  }

  /** Whether two coordinates of one layout certainly name the same element: an expanded tensor. */
  public static boolean isInternal(Layout layout) {
    if (layout.isContiguous()) {
      return false;
    }
    for (int d = 0; d < layout.rank(); d++) {
      if (layout.stride(d) == 0 && layout.size(d) > 1) {
        return true;
      }
    }
    return false;
  }
}
