package io.gradus.metrics;

/** How the measures of classes become one. */
public enum Average {
  /** From the counts of all classes together. */
  MICRO,
  /** The mean over the classes that occur, be it in predictions or targets. */
  MACRO,
  /** The mean over the classes, each as often as it occurs in the targets. */
  WEIGHTED
}
