package io.gradus.backend.cuda.plan;

import java.util.List;

/**
 * How a device runs one kernel.
 *
 * @param temporaryBytes the sizes of the memory that {@link Argument.Temporary} refers to; its
 *     contents are undefined at first
 * @param steps in order, each seeing what those before it wrote; none for an empty kernel
 */
public record Plan(List<Long> temporaryBytes, List<Step> steps) {
  /** A plan that needs no memory of its own. */
  public static Plan of(Step... steps) {
    return new Plan(List.of(), List.of(steps));
  }
}
