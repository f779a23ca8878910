package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.lanes.HotLoop;

/** Calls of the loops of {@link FloatTiles}, to have those on vectors compiled. */
final class FloatTileSamples {
  private static final int DEPTH = HotLoop.LONGEST;
  private static final int DOT = 64 * HotLoop.LONGEST;

  private FloatTileSamples() {}

  /** What a call reads and writes; made by the first call. */
  private static final class Data {
    static final int COLUMNS = FloatTiles.COLUMNS;
    static final float[] A = new float[Math.max(4 * DEPTH, DOT)];
    static final float[] B = new float[Math.max(DEPTH * COLUMNS, DOT)];
    static final float[] C = new float[Math.max(DEPTH * COLUMNS, DOT)];
    static int calls;

    private Data() {}

    static boolean add() {
      return (calls++ & 1) == 0;
    }
  }

  static HotLoop packed() {
    return HotLoop.of(
        n -> FloatVectorTiles.packed(Data.A, 0, Data.B, 0, n, Data.C, 0, Data.COLUMNS, Data.add()),
        n ->
            FloatScalarTiles.packed(
                Data.COLUMNS, Data.A, 0, Data.B, 0, n, Data.C, 0, Data.COLUMNS, Data.add()));
  }

  static HotLoop direct() {
    return HotLoop.of(
        n ->
            FloatVectorTiles.direct(
                Data.A, 0, n, 1, Data.B, 0, Data.COLUMNS, n, Data.C, 0, Data.COLUMNS),
        n ->
            FloatScalarTiles.direct(
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
        n -> FloatVectorTiles.row(Data.A, 0, 1, Data.B, 0, Data.COLUMNS, n, Data.C, 0),
        n ->
            FloatScalarTiles.row(
                Data.COLUMNS, Data.A, 0, 1, Data.B, 0, Data.COLUMNS, n, Data.C, 0));
  }

  static HotLoop packRows() {
    return HotLoop.of(
        n -> FloatVectorTiles.packRows(Data.B, 0, Data.COLUMNS, n, Data.C, 0),
        n -> FloatScalarTiles.packRows(Data.COLUMNS, Data.B, 0, Data.COLUMNS, n, Data.C, 0));
  }

  static HotLoop dot() {
    return HotLoop.of(
        n -> FloatVectorTiles.dot(Data.A, 0, Data.B, 0, 64 * n, Data.C),
        n -> FloatScalarTiles.dot(Data.A, 0, Data.B, 0, 64 * n, Data.C));
  }

  static HotLoop columns() {
    return HotLoop.of(
        n ->
            FloatVectorTiles.columns(
                Data.B, 0, Data.COLUMNS, Data.A, 0, 1, n, Data.C, 0, Data.COLUMNS),
        n ->
            FloatScalarTiles.columns(
                Data.B, 0, Data.COLUMNS, Data.A, 0, 1, n, Data.C, 0, Data.COLUMNS));
  }
}
