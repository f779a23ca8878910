package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.ShapeException;

/**
 * Subtracts the mean of each column of a table and divides by its standard deviation.
 *
 * <p>Made of the training data, then applied to tables [rows, columns] or single rows [columns].
 * The standard deviation is that of the data itself (divided by its number of rows); columns that
 * are the same in all rows become 0.
 *
 * @param mean of each column
 * @param scale that each column is divided by
 */
public record Standardize(Tensor mean, Tensor scale) implements Transform {
  /**
   * Of a table.
   *
   * @param table a floating dtype, [rows, columns]
   * @throws ShapeException if it is no table, or has no row
   */
  public static Standardize of(Tensor table) {
    Tables.checkTable("Standardize", table);
    Tensor std = table.var(new int[] {0}, 0, false).sqrt();
    return new Standardize(table.mean(new int[] {0}, false), Tables.nonZero(std));
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    return apply(x);
  }

  /** A table or a row, standardized. */
  public Tensor apply(Tensor x) {
    Tables.checkColumns("Standardize", x, mean);
    return x.sub(mean).div(scale);
  }

  /** What became {@code x}. */
  public Tensor invert(Tensor x) {
    Tables.checkColumns("Standardize", x, mean);
    return x.mul(scale).add(mean);
  }
}
