package io.gradus.nn.conv;

/** What a convolution puts around its input. */
public enum PaddingMode {
  /** Zeros. */
  ZEROS("constant"),
  /** Mirrored elements, the edge once. */
  REFLECT("reflect"),
  /** The elements at the edge. */
  REPLICATE("replicate"),
  /** The elements of the other end. */
  CIRCULAR("circular");

  private final String mode;

  PaddingMode(String mode) {
    this.mode = mode;
  }

  /** The name that {@link io.gradus.nn.Rearrangements#pad} takes. */
  String mode() {
    return mode;
  }
}
