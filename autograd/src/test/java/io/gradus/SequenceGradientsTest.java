package io.gradus;

import io.gradus.exec.Sorting.Interpolation;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SequenceGradientsTest {
  private static final Tensor QUANTILES = Tensor.tensor(0.2, 0.9);

  /** The first element of a leaf; taking it away leaves a zero there. */
  private static final Number FIRST = GradientSweep.sample(0, 1).item();

  @TestFactory
  @DisplayName("S10.9 every scan and sort passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> sequences() {
    return sweep().tests();
  }

  static GradientSweep sweep() {
    return new GradientSweep()
        .one("cumsum", t -> t.cumsum(1), 2, 3)
        .one("cumsum first", t -> t.cumsum(0), 3, 2)
        .one("cumprod", t -> t.cumprod(1), 2, 3)
        .one("cumprod first", t -> t.cumprod(0), 3, 2)
        .one("cumprod with a zero", t -> t.sub(FIRST).cumprod(0), 3, 2)
        .one("cumprod with two zeros", t -> t.sub(FIRST).repeat(2, 1).cumprod(0), 2, 2)
        .one("cummax", t -> t.cummax(1).values(), 2, 3)
        .one("cummin", t -> t.cummin(-1).values(), 2, 3)
        .one("logcumsumexp", t -> t.logcumsumexp(1), 2, 3)
        .one("logcumsumexp first", t -> t.logcumsumexp(0), 3, 2)
        .one("sort", t -> t.sort().values(), 2, 3)
        .one("sort descending", t -> t.sort(0, true).values(), 3, 2)
        .one("msort", t -> t.msort(), 3, 2)
        .one("topk", t -> t.topk(2).values(), 2, 3)
        .one("topk smallest", t -> t.topk(1, 0, false).values(), 2, 3)
        .one("kthvalue", t -> t.kthvalue(2).values(), 2, 3)
        .one("kthvalue kept", t -> t.kthvalue(1, 0, true).values(), 2, 3)
        .one("median", t -> t.median(), 3, 3)
        .one("median dim", t -> t.median(1, true).values(), 2, 3)
        .one("nanmedian", t -> t.nanmedian(), 3, 3)
        .one("nanmedian dim", t -> t.nanmedian(-1, false).values(), 2, 3)
        .one("mode", t -> t.mode().values(), 2, 3)
        .one("mode dim", t -> t.mode(-1, true).values(), 2, 3)
        .one("quantile", t -> t.quantile(0.3), 2, 3)
        .one("quantile several", t -> t.quantile(QUANTILES), 2, 3)
        .one("quantile dim", t -> t.quantile(0.6, 1, true), 2, 3)
        .one("quantile near", t -> t.quantile(QUANTILES, 1, false, Interpolation.NEAREST), 2, 3)
        .one("nanquantile", t -> t.nanquantile(0.3), 2, 3)
        .one(
            "nanquantile dim", t -> t.nanquantile(QUANTILES, 1, false, Interpolation.LINEAR), 2, 3);
  }
}
