package io.gradus;

import static io.gradus.GradientSweep.of;

import io.gradus.tensor.dtype.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ReductionGradientsTest {
  private static final int[] LAST = {-1};
  private static final int[] BOTH = {0, 1};

  /** The first element of a leaf; taking it away leaves a zero there. */
  private static final Number FIRST = GradientSweep.sample(0, 1).item();

  @TestFactory
  @DisplayName("S10.9 every reduction passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> reductions() {
    return sums().tests();
  }

  @TestFactory
  @DisplayName("S10.9 every statistic and norm passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> statisticsAndNorms() {
    return statistics().tests();
  }

  static GradientSweep sums() {
    return new GradientSweep()
        .one("sum", t -> t.sum(), 2, 3)
        .one("sum dim", t -> t.sum(1), 2, 3)
        .one("sum dims kept", t -> t.sum(new int[] {0, -1}, true), 2, 2, 2)
        .one("sum dtype", t -> t.sum(LAST, false, DType.F64), 2, 3)
        .one("sumToSize", t -> t.sumToSize(2, 1), 2, 3)
        .one("mean", t -> t.mean(), 2, 3)
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .one("mean dim", t -> t.mean(0), 2, 3)
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .one("mean dims kept", t -> t.mean(new int[] {0, -1}, true), 2, 2, 2)
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .one("prod", t -> t.prod(), 2, 2)
        .one("prod with a zero", t -> t.sub(FIRST).prod(), 2, 2)
        .one("prod with two zeros", t -> t.sub(FIRST).repeat(2, 1).prod(), 2, 2)
        .one("prod dim with a zero", t -> t.sub(FIRST).prod(0), 2, 3)
        .one("prod dim with two zeros", t -> t.sub(FIRST).repeat(2, 1).prod(0), 2, 2)
        .one("prod dim", t -> t.prod(1), 2, 3)
        .one("prod dim kept", t -> t.prod(0, true), 2, 3)
        .one("max", t -> t.max(), 2, 3)
        .one("max dim", t -> t.max(1).values(), 2, 3)
        .one("max dim kept", t -> t.max(0, true).values(), 2, 3)
        .one("min", t -> t.min(), 2, 3)
        .one("min dim", t -> t.min(1).values(), 2, 3)
        .one("min dim kept", t -> t.min(0, true).values(), 2, 3)
        .one("amax", t -> t.amax(), 2, 3)
        .one("amax dims", t -> t.amax(BOTH, true), 2, 3)
        .one("amin", t -> t.amin(-1), 2, 3)
        .one("amin dims", t -> t.amin(BOTH, false), 2, 3)
        .list("aminmax", in -> both(in.get(0).aminmax()), of(2, 3))
        .list("aminmax dim", in -> both(in.get(0).aminmax(1, true)), of(2, 3))
        .one("softmax", t -> t.softmax(-1), 2, 3)
        .one("softmax first", t -> t.softmax(0, DType.F64), 2, 3)
        .one("logSoftmax", t -> t.logSoftmax(-1), 2, 3)
        .one("logSoftmax first", t -> t.logSoftmax(0, DType.F64), 2, 3)
        .one("safeSoftmax", t -> t.safeSoftmax(1), 2, 3)
        .two("softmaxBackward", (g, y) -> g.softmaxBackward(y, 1), of(2, 3), of(2, 3))
        .one("softmin", t -> t.softmin(1), 2, 3)
        .one("logsumexp", t -> t.logsumexp(1), 2, 3)
        .one("logsumexp dims", t -> t.logsumexp(BOTH, true), 2, 3);
  }

  static GradientSweep statistics() {
    return new GradientSweep()
        .one("var", t -> t.var(), 2, 3)
        .except(LayoutForm.ZERO_DIM, "the spread of one number is NaN")
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .one("var dim", t -> t.var(1), 2, 3)
        .one("var biased", t -> t.var(BOTH, 0, true), 2, 3)
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .one("std", t -> t.std(), 2, 3)
        .except(LayoutForm.ZERO_DIM, "the spread of one number is NaN")
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .one("std dim", t -> t.std(1), 2, 3)
        .one("std biased", t -> t.std(BOTH, 0, true), 2, 3)
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .list("varMean", in -> spread(in.get(0).varMean(LAST, 1, true)), of(2, 3))
        .except(LayoutForm.ZERO_DIM, "the spread of one number is NaN")
        .list("stdMean", in -> spread(in.get(0).stdMean(LAST, 1, false)), of(2, 3))
        .except(LayoutForm.ZERO_DIM, "the spread of one number is NaN")
        .one("norm", t -> t.norm(), 2, 3)
        .one("norm 1", t -> t.norm(1), 2, 3)
        .one("norm 3 dim", t -> t.norm(3, LAST, true), 2, 3)
        .one("norm 1.5", t -> t.norm(1.5), 2, 3)
        .one("norm infinity", t -> t.norm(Double.POSITIVE_INFINITY, LAST, false), 2, 3)
        .one("norm -infinity", t -> t.norm(Double.NEGATIVE_INFINITY, LAST, false), 2, 3)
        .one("vectorNorm", t -> t.vectorNorm(2, LAST, true), 2, 3)
        .one("vectorNorm 0.5", t -> t.vectorNorm(0.5, BOTH, false), 2, 3)
        .two("cdist 1", (a, b) -> a.cdist(b, 1), of(2, 2), of(3, 2))
        .two("cdist 2", (a, b) -> a.cdist(b, 2), of(2, 2), of(3, 2))
        .two("cdist 3", (a, b) -> a.cdist(b, 3), of(2, 2), of(3, 2))
        .two("cdist infinity", (a, b) -> a.cdist(b, Double.POSITIVE_INFINITY), of(2, 2), of(2, 2))
        .one("nansum", t -> t.nansum(1), 2, 3)
        .one("nansum of NaN", t -> notANumberAtFirst(t).nansum(BOTH, true), 2, 3)
        .one("nanmean", t -> t.nanmean(), 2, 3)
        .except(LayoutForm.EMPTY, "the mean of nothing is NaN")
        .one("nanmean of NaN", t -> notANumberAtFirst(t).nanmean(LAST, true), 2, 3)
        .except(LayoutForm.ZERO_DIM, "the mean of nothing is NaN")
        .list("gradient", in -> in.get(0).gradient(), of(2, 3))
        .two("gradient at", (t, x) -> t.gradient(List.of(x), LAST, 2).get(0), of(2, 3), of(3))
        .except(LayoutForm.EXPANDED, "equal places have no slope")
        .two("cov weighted", (t, w) -> t.cov(1, null, w.abs()), of(2, 3), of(3))
        .except(LayoutForm.ZERO_DIM, "the spread of one number is NaN")
        .one("diff", t -> t.diff(), 2, 3)
        .one("diff twice", t -> t.diff(2, 0), 3, 2)
        .one("trapezoid", t -> t.trapezoid(), 2, 3)
        .one("trapezoid dx", t -> t.trapezoid(0.5, 0), 2, 3)
        .two("trapezoid x", (y, x) -> y.trapezoid(x, -1), of(2, 3), of(2, 3))
        .one("cumulativeTrapezoid", t -> t.cumulativeTrapezoid(0.5, 1), 2, 3)
        .two("cumulativeTrapezoid x", (y, x) -> y.cumulativeTrapezoid(x, -1), of(2, 3), of(2, 3))
        .two("dist", (a, b) -> a.dist(b, 2), of(2, 3), of(2, 3))
        .two("dist 1", (a, b) -> a.dist(b, 1), of(2, 3), of(3))
        .one("cov", t -> t.cov(), 2, 3)
        .except(LayoutForm.ZERO_DIM, "the spread of one number is NaN")
        .one("cov biased", t -> t.cov(0), 2, 3)
        .one("corrcoef", t -> t.corrcoef(), 2, 3)
        .except(LayoutForm.ZERO_DIM, "the spread of one number is NaN");
  }

  private static List<Tensor> both(MinMax m) {
    return List.of(m.min(), m.max());
  }

  private static List<Tensor> spread(SpreadMean s) {
    return List.of(s.spread(), s.mean());
  }

  private static Tensor notANumberAtFirst(Tensor t) {
    return t.maskedFill(first(t).gt(0), Double.NaN);
  }

  private static Tensor first(Tensor t) {
    Tensor flags = Tensor.zeros(t.shape().toArray()).to(DType.F64);
    if (t.numel() > 0) {
      flags.flatten().narrow(0, 0, 1).fill_(1);
    }
    return flags;
  }
}
