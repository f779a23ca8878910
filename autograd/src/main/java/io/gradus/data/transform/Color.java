package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;

/** Changes of the colours of images [..., 3, height, width] in [0, 1]. */
public final class Color {
  private static final double HALF_CIRCLE = 0.5;
  private static final int SECTORS = 6;

  private Color() {}

  /** Multiplied by a factor: 0 is black, 1 the image itself. Of any number of channels. */
  public static Tensor brightness(Tensor x, double factor) {
    Images.checkFloat("brightness", x);
    return x.mul(checked("brightness", factor)).clamp(0.0, 1.0);
  }

  /** Mixed with its mean brightness: 0 is grey all over, 1 the image itself. */
  public static Tensor contrast(Tensor x, double factor) {
    Images.checkColor("contrast", x);
    int[] pixels = {-3, -2, -1};
    return mixed(x, Images.gray(x).mean(pixels, true), checked("contrast", factor));
  }

  /** Mixed with its brightness: 0 is a grey image, 1 the image itself. */
  public static Tensor saturation(Tensor x, double factor) {
    Images.checkColor("saturation", x);
    return mixed(x, Images.gray(x), checked("saturation", factor));
  }

  /**
   * With hues moved around the colour circle.
   *
   * <p>Source: A. R. Smith, "Color Gamut Transform Pairs", SIGGRAPH 1978.
   *
   * @param turn part of the circle, from -0.5 to 0.5
   */
  public static Tensor hue(Tensor x, double turn) {
    Images.checkColor("hue", x);
    if (!(Math.abs(turn) <= HALF_CIRCLE)) {
      throw new InvalidArgumentException(
          "[hue] expected a turn from -0.5 to 0.5, but got %s".formatted(turn));
    }
    Tensor r = x.select(-3, 0);
    Tensor g = x.select(-3, 1);
    Tensor b = x.select(-3, 2);
    Tensor value = x.amax(-3);
    Tensor chroma = value.sub(x.amin(-3));
    Tensor one = Tensor.onesLike(value);
    Tensor by = Tensor.where(chroma.eq(0), one, chroma);
    Tensor ofRed = g.sub(b).div(by);
    Tensor ofGreen = b.sub(r).div(by).add(2);
    Tensor ofBlue = r.sub(g).div(by).add(4);
    Tensor sector =
        Tensor.where(value.eq(r), ofRed, Tensor.where(value.eq(g), ofGreen, ofBlue))
            .add(turn * SECTORS);
    return Tensor.stack(
        List.of(
            channel(5, sector, value, chroma),
            channel(3, sector, value, chroma),
            channel(1, sector, value, chroma)),
        -3);
  }

  /** A channel of a hue: the value less as much of the chroma as the hue is away from it. */
  private static Tensor channel(int n, Tensor sector, Tensor value, Tensor chroma) {
    Tensor k = sector.add(n).remainder(SECTORS);
    Tensor away = k.minimum(k.neg().add(4)).clamp(0.0, 1.0);
    return value.sub(chroma.mul(away));
  }

  private static double checked(String op, double factor) {
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new InvalidArgumentException(
          "[%s] expected a factor of at least 0, but got %s; 1 leaves the image as it is"
              .formatted(op, factor));
    }
    return factor;
  }

  private static Tensor mixed(Tensor x, Tensor other, double factor) {
    return x.mul(factor).add(other.mul(1 - factor)).clamp(0.0, 1.0);
  }
}
