package io.gradus.backend.cpu.convolve;

import io.gradus.backend.cpu.lanes.HotLoop;

/** Calls of the loops of {@link FloatWindowTiles}, to have those on vectors compiled. */
final class FloatWindowSamples {
  private static final int DEPTH = HotLoop.LONGEST;

  private FloatWindowSamples() {}

  /** What a call reads and writes; made by the first call. */
  private static final class Data {
    static final int WIDE = 2 * FloatWindowTiles.LANES;
    static final float[] A = new float[8 * DEPTH + WIDE];
    static final float[] B = new float[DEPTH * WIDE + 2 * WIDE];
    static final float[] C = new float[DEPTH * WIDE + 8 * WIDE];
    static final int[] DISTANCES = new int[DEPTH];
    static final int[] PLACES = new int[8];
    static int calls;

    private Data() {}

    static boolean add() {
      return (calls++ & 1) == 0;
    }
  }

  private static void places(int rows, int n, int columns) {
    FloatWindowScalarTiles.places(
        Data.A,
        0,
        rows,
        Data.B,
        0,
        Data.DISTANCES,
        0,
        n,
        Data.C,
        0,
        Data.WIDE,
        columns,
        Data.add());
  }

  static HotLoop eight() {
    return HotLoop.of(
        n ->
            FloatWindowVectorTiles.eight(
                Data.A,
                0,
                4 * DEPTH,
                Data.B,
                0,
                Data.DISTANCES,
                0,
                n,
                Data.C,
                0,
                Data.WIDE,
                Data.add()),
        n -> places(4, n, Data.WIDE));
  }

  static HotLoop four() {
    return HotLoop.of(
        n ->
            FloatWindowVectorTiles.four(
                Data.A, 0, Data.B, 0, Data.DISTANCES, 0, n, Data.C, 0, Data.WIDE, Data.add()),
        n -> places(4, n, Data.WIDE));
  }

  static HotLoop narrowFour() {
    return HotLoop.of(
        n ->
            FloatWindowVectorTiles.narrowFour(
                Data.A, 0, Data.B, 0, Data.DISTANCES, 0, n, Data.C, 0, Data.WIDE, Data.add()),
        n -> places(4, n, Data.WIDE / 2));
  }

  static HotLoop one() {
    return HotLoop.of(
        n ->
            FloatWindowVectorTiles.one(
                Data.A, 0, Data.B, 0, Data.DISTANCES, 0, n, Data.C, 0, Data.add()),
        n -> places(1, n, Data.WIDE));
  }

  static HotLoop outputs() {
    return HotLoop.of(
        n -> {
          if (FloatWindowTiles.placesAtOnce(true) == 8) {
            FloatWindowVectorTiles.eightOutputs(
                Data.A,
                Data.PLACES,
                0,
                Data.DISTANCES,
                0,
                n,
                Data.B,
                0,
                Data.C,
                0,
                Data.WIDE,
                Data.add());
          } else {
            FloatWindowVectorTiles.outputs(
                Data.A,
                Data.PLACES,
                0,
                Data.DISTANCES,
                0,
                n,
                Data.B,
                0,
                Data.C,
                0,
                Data.WIDE,
                Data.add());
          }
        },
        n -> outputs(n, Data.WIDE));
  }

  static HotLoop narrowOutputs() {
    return HotLoop.of(
        n ->
            FloatWindowVectorTiles.narrowOutputs(
                Data.A,
                Data.PLACES,
                0,
                Data.DISTANCES,
                0,
                n,
                Data.B,
                0,
                Data.C,
                0,
                Data.WIDE,
                Data.add()),
        n -> outputs(n, Data.WIDE / 2));
  }

  private static void outputs(int n, int columns) {
    FloatWindowScalarTiles.outputs(
        Data.A,
        Data.PLACES,
        0,
        4,
        Data.DISTANCES,
        0,
        n,
        Data.B,
        0,
        Data.C,
        0,
        Data.WIDE,
        columns,
        Data.add());
  }

  static HotLoop pack() {
    return HotLoop.of(
        n -> FloatWindowVectorTiles.pack(Data.B, 0, Data.WIDE, Data.WIDE - 1, n, Data.C, 0),
        n -> {
          for (int r = 0; r < n; r++) {
            System.arraycopy(Data.B, r * Data.WIDE, Data.C, r * (Data.WIDE - 1), Data.WIDE - 1);
          }
        });
  }
}
