package io.gradus;

/** How {@code div} rounds its quotients. */
public enum RoundingMode {
  /** Not at all: true division. */
  NONE,
  /** Down. */
  FLOOR,
  /** Toward zero. */
  TRUNC
}
