package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;

/**
 * A part of an image of random area, proportions and place, resized.
 *
 * <p>Source: C. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, section 6.
 *
 * @param height of the result
 * @param width of the result
 * @param minArea least part of the image's area
 * @param maxArea most of it
 * @param minRatio least width of the part for its height
 * @param maxRatio most of it
 */
public record RandomResizedCrop(
    int height, int width, double minArea, double maxArea, double minRatio, double maxRatio)
    implements Transform {
  private static final int TRIES = 10;

  /** Refuses sizes below 1 and ranges that are none. */
  public RandomResizedCrop {
    Images.checkSize("RandomResizedCrop", height, width);
    Images.checkRange("RandomResizedCrop", "area", minArea, maxArea, 0);
    Images.checkRange("RandomResizedCrop", "ratio", minRatio, maxRatio, Double.MIN_NORMAL);
  }

  /** From 8 % to all of the area, from 3:4 to 4:3. */
  public RandomResizedCrop(int height, int width) {
    this(height, width, 0.08, 1, 3 / 4.0, 4 / 3.0);
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    Images.checkFloat("RandomResizedCrop", x);
    return new Resize(height, width).apply(part(x, random), random);
  }

  private Tensor part(Tensor x, Generator random) {
    int rows = Images.height(x);
    int columns = Images.width(x);
    for (int i = 0; i < TRIES; i++) {
      double area = (double) rows * columns * Images.uniform(random, minArea, maxArea);
      double ratio = Math.exp(Images.uniform(random, Math.log(minRatio), Math.log(maxRatio)));
      long w = Math.round(Math.sqrt(area * ratio));
      long h = Math.round(Math.sqrt(area / ratio));
      if (w > 0 && w <= columns && h > 0 && h <= rows) {
        int top = random.nextInt((int) (rows - h + 1));
        int left = random.nextInt((int) (columns - w + 1));
        return Images.crop(x, top, left, h, w);
      }
    }
    return middle(x);
  }

  /** As much of the middle as the ratios allow. */
  private Tensor middle(Tensor x) {
    int rows = Images.height(x);
    int columns = Images.width(x);
    double ratio = (double) columns / rows;
    long h = ratio < minRatio ? Math.min(rows, Math.round(columns / minRatio)) : rows;
    long w = ratio > maxRatio ? Math.min(columns, Math.round(rows * maxRatio)) : columns;
    h = Math.max(h, 1);
    w = Math.max(w, 1);
    return Images.crop(x, (rows - h) / 2, (columns - w) / 2, h, w);
  }
}
