package io.gradus.nn.image;

import io.gradus.Tensor;
import io.gradus.nn.Interpolation;
import io.gradus.nn.Interpolation.Mode;
import io.gradus.nn.Layer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Signals, images and volumes [n, channels, …] with other sizes, see {@link Interpolation}.
 *
 * <p>{@code nearest} is the mode unless told otherwise.
 */
public final class Upsample extends Layer {
  private final long @Nullable [] size;
  private final double[] factor;
  private final Mode mode;
  private final boolean alignCorners;

  /** Multiplies all sizes by a factor. */
  public Upsample(double scaleFactor) {
    this(new double[] {scaleFactor}, Mode.NEAREST, false);
  }

  /**
   * With settings.
   *
   * @param scaleFactor one number for each dimension behind the channels, or one for all
   * @param alignCorners whether the outermost elements stay where they are
   */
  public Upsample(double[] scaleFactor, Mode mode, boolean alignCorners) {
    this.size = null;
    this.factor = scaleFactor.clone();
    this.mode = mode;
    this.alignCorners = alignCorners;
  }

  /** To sizes: one number for each dimension behind the channels, or one for all. */
  public Upsample(long[] size, Mode mode, boolean alignCorners) {
    this.size = size.clone();
    this.factor = new double[0];
    this.mode = mode;
    this.alignCorners = alignCorners;
  }

  @Override
  public Tensor forward(Tensor x) {
    return size == null
        ? Interpolation.interpolate(x, factor, mode, alignCorners)
        : Interpolation.interpolate(x, size, mode, alignCorners);
  }

  @Override
  protected String extraRepr() {
    return "%s, mode='%s'"
        .formatted(
            size == null
                ? "scale_factor=" + Arrays.toString(factor)
                : "size=" + Arrays.toString(size),
            mode.name().toLowerCase(Locale.ROOT));
  }
}
