package io.gradus.golden;

import java.util.Locale;

/** What a golden case is about; the columns of the score. */
enum Kind {
  FORWARD,
  GRADIENT,
  GRADGRAD,
  ERRORS,
  INDEXING,
  VIEWS,
  PRINTING,
  AUTOGRAD,
  PROMOTION,
  CASTS,
  MODULES;

  /** The name in reports and in the skip list. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
