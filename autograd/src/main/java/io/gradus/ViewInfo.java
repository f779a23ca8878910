package io.gradus;

import io.gradus.tensor.layout.ViewOp;
import java.util.List;

/**
 * What a view knows of the tensor whose memory it shows: enough to replay it on another base.
 *
 * @param base a tensor that is no view itself
 * @param steps from the base to this view
 * @param recorded the version of the memory when the view's own history was last brought up to date
 * @param creation in what mode the view was made, which decides whether it may be written in place
 */
public record ViewInfo(Tensor base, List<ViewOp> steps, int recorded, Creation creation) {
  /** How a view came to be. */
  public enum Creation {
    /** As usual. */
    DEFAULT,
    /** While no history was recorded. */
    NO_GRAD,
    /** As one of several results, such as {@code split} or {@code unbind}. */
    MULTI_OUTPUT,
    /** By a custom function. */
    CUSTOM_FUNCTION
  }

  /** The same view after its history was brought up to date. */
  public ViewInfo at(int version) {
    return new ViewInfo(base, steps, version, creation);
  }
}
