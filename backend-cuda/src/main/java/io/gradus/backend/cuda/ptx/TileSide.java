package io.gradus.backend.cuda.ptx;

/** Gives the elements of one factor of a product. */
interface TileSide {
  /**
   * Turns to a row of the first factor, or a column of the second one.
   *
   * @param number which one; beyond the last one it is never loaded
   */
  Line line(Value number);

  /** The elements of a row or column. */
  interface Line {
    /**
     * The element at a depth in its compute type, or 0.
     *
     * @param valid a predicate: whether the element exists
     */
    Value load(Value depth, Value valid);
  }
}
