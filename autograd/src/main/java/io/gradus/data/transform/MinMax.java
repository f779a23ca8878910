package io.gradus.data.transform;

import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.ShapeException;

/**
 * Moves each column of a table to 0 … 1.
 *
 * <p>Made of the training data, then applied to tables [rows, columns] or single rows [columns];
 * other data may go beyond. Columns that are the same in all rows become 0.
 *
 * @param min least value of each column
 * @param range that each column is divided by
 */
public record MinMax(Tensor min, Tensor range) implements Transform {
  /**
   * Of a table.
   *
   * @param table a floating dtype, [rows, columns]
   * @throws ShapeException if it is no table, or has no row
   */
  public static MinMax of(Tensor table) {
    Tables.checkTable("MinMax", table);
    Tensor min = table.amin(0);
    return new MinMax(min, Tables.nonZero(table.amax(0).sub(min)));
  }

  @Override
  public Tensor apply(Tensor x, Generator random) {
    return apply(x);
  }

  /** A table or a row, moved. */
  public Tensor apply(Tensor x) {
    Tables.checkColumns("MinMax", x, min);
    return x.sub(min).div(range);
  }

  /** What became {@code x}. */
  public Tensor invert(Tensor x) {
    Tables.checkColumns("MinMax", x, min);
    return x.mul(range).add(min);
  }
}
