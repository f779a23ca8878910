package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.lanes.HotLoop;

/** Calls of the loops of {@link DoubleTiles}, to have those on vectors compiled. */
final class DoubleTileSamples {
  private static final int DEPTH = HotLoop.LONGEST;
  private static final int DOT = 64 * HotLoop.LONGEST;

  private DoubleTileSamples() {}

  /** What a call reads and writes; made by the first call. */
  private static final class Data {
    static final int COLUMNS = DoubleTiles.COLUMNS;
    static final double[] A = new double[Math.max(4 * DEPTH, DOT)];
    static final double[] B = new double[Math.max(DEPTH * COLUMNS, DOT)];
    static final double[] C = new double[Math.max(DEPTH * COLUMNS, DOT)];
    static int calls;

    private Data() {}

    static boolean add() {
      return (calls++ & 1) == 0;
    }
  }

  static HotLoop packed() {
    return HotLoop.of(
        n -> DoubleVectorTiles.packed(Data.A, 0, Data.B, 0, n, Data.C, 0, Data.COLUMNS, Data.add()),
        n ->
            DoubleScalarTiles.packed(
                Data.COLUMNS, Data.A, 0, Data.B, 0, n, Data.C, 0, Data.COLUMNS, Data.add()));
  }

  static HotLoop direct() {
    return HotLoop.of(
        n ->
            DoubleVectorTiles.direct(
                Data.A, 0, n, 1, Data.B, 0, Data.COLUMNS, n, Data.C, 0, Data.COLUMNS),
        n ->
            DoubleScalarTiles.direct(
                Data.COLUMNS,
                Data.A,
                0,
                n,
                1,
                Data.B,
                0,
                Data.COLUMNS,
                n,
                Data.C,
                0,
                Data.COLUMNS));
  }

  static HotLoop row() {
    return HotLoop.of(
        n -> DoubleVectorTiles.row(Data.A, 0, 1, Data.B, 0, Data.COLUMNS, n, Data.C, 0),
        n ->
            DoubleScalarTiles.row(
                Data.COLUMNS, Data.A, 0, 1, Data.B, 0, Data.COLUMNS, n, Data.C, 0));
  }

  static HotLoop packRows() {
    return HotLoop.of(
        n -> DoubleVectorTiles.packRows(Data.B, 0, Data.COLUMNS, n, Data.C, 0),
        n -> DoubleScalarTiles.packRows(Data.COLUMNS, Data.B, 0, Data.COLUMNS, n, Data.C, 0));
  }

  static HotLoop dot() {
    return HotLoop.of(
        n -> DoubleVectorTiles.dot(Data.A, 0, Data.B, 0, 64 * n, Data.C),
        n -> DoubleScalarTiles.dot(Data.A, 0, Data.B, 0, 64 * n, Data.C));
  }

  static HotLoop columns() {
    return HotLoop.of(
        n ->
            DoubleVectorTiles.columns(
                Data.B, 0, Data.COLUMNS, Data.A, 0, 1, n, Data.C, 0, Data.COLUMNS),
        n ->
            DoubleScalarTiles.columns(
                Data.B, 0, Data.COLUMNS, Data.A, 0, 1, n, Data.C, 0, Data.COLUMNS));
  }
}
