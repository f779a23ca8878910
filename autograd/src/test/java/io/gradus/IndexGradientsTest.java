package io.gradus;

import static io.gradus.GradientSweep.of;

import io.gradus.exec.ScatterReduction;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Slice;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class IndexGradientsTest {
  private static final Tensor ROWS = Tensor.tensor(1L, 0L, 1L);
  private static final Tensor ONCE = Tensor.tensor(2L, 0L);
  private static final Tensor PICKS = Tensor.tensor(2L, 0L, 0L, 1L).view(2, 2);
  private static final Tensor COLUMNS = Tensor.tensor(2L, 0L, 1L, 1L).view(2, 2);
  private static final Tensor MASK =
      Tensor.tensor(true, false, true, false, false, true).view(2, 3);
  private static final Tensor ROW_MASK = Tensor.tensor(true, false);

  @TestFactory
  @DisplayName("S10.9 reading by position passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> reading() {
    return reads().tests();
  }

  @TestFactory
  @DisplayName("S10.9 writing by position passes gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> writing() {
    return writes().tests();
  }

  static GradientSweep reads() {
    return new GradientSweep()
        .one("get", t -> t.get(1, -1), 2, 3)
        .one("get range", t -> t.get(Index.ALL, Index.slice(0, 3, 2)), 2, 3)
        .one("get new axis", t -> t.get(Index.ELLIPSIS, Index.NEW_AXIS, Index.at(1)), 2, 3)
        .one("get tensor", t -> t.get(ROWS), 2, 3)
        .one("get mask", t -> t.get(MASK), 2, 3)
        .one("get row mask", t -> t.get(ROW_MASK), 2, 3)
        .one("get mixed", t -> t.get(Index.of(ROWS), Index.from(1)), 2, 3)
        .one("get apart", t -> t.get(Index.of(1, 0), Index.ALL, Index.of(0, 1)), 2, 2, 2)
        .one("index", t -> t.index(indices(null, ONCE)), 2, 3)
        .one("index pairs", t -> t.index(indices(Tensor.tensor(0L, 1L), ONCE)), 2, 3)
        .one("maskedIndex", t -> t.maskedIndex(ROW_MASK.view(2, 1), indices(ONCE), 0.5), 2, 3)
        .one("maskedSelect", t -> t.maskedSelect(MASK), 2, 3)
        .one("maskedSelect broadcast", t -> t.maskedSelect(ROW_MASK.view(2, 1)), 2, 3)
        .one("indexSelect", t -> t.indexSelect(0, ROWS), 2, 3)
        .one("indexSelect last", t -> t.indexSelect(-1, ONCE), 2, 3)
        .one("gather", t -> t.gather(1, PICKS), 2, 3)
        .one("gather first", t -> t.gather(0, PICKS.clamp(null, 1)), 2, 3)
        .one("take", t -> t.take(PICKS), 2, 3)
        .one("takeAlongDim", t -> t.takeAlongDim(PICKS, 1), 2, 3)
        .one("takeAlongDim flat", t -> t.takeAlongDim(ROWS), 2, 3);
  }

  static GradientSweep writes() {
    return new GradientSweep()
        .two("set", (t, v) -> t.clone().set(v, Index.at(1)), of(2, 3), of(3))
        .two("set range", (t, v) -> t.clone().set(v, Index.ALL, Index.every(2)), of(2, 3), of(2, 2))
        .two("set mask", (t, v) -> t.clone().set(v, Index.of(MASK)), of(2, 3), of(3))
        .two("set tensor", (t, v) -> t.clone().set(v, Index.of(ROW_MASK)), of(2, 3), of(1, 3))
        .one("set number", t -> t.clone().set(2.5, Index.of(ROWS), Index.at(1)), 2, 3)
        .two(
            "indexPut",
            (t, v) -> t.indexPut(indices(Tensor.tensor(0L, 1L), ONCE), v, false),
            of(2, 3),
            of(2))
        .two("indexPut added", (t, v) -> t.indexPut(indices(ROWS), v, true), of(2, 3), of(3, 3))
        .two("indexPut_", (t, v) -> t.clone().indexPut_(indices(ROWS), v, true), of(2, 3), of(3))
        .two("scatter", (t, v) -> t.scatter(1, COLUMNS.narrow(1, 0, 1), v), of(2, 3), of(2, 1))
        .one("scatter number", t -> t.scatter(1, PICKS, 2.5), 2, 3)
        .two("scatter_", (t, v) -> t.clone().scatter_(1, distinct(), v), of(2, 3), of(2, 2))
        .two("scatterAdd", (t, v) -> t.scatterAdd(1, PICKS, v), of(2, 3), of(2, 2))
        .two("scatterAdd_", (t, v) -> t.clone().scatterAdd_(1, COLUMNS, v), of(2, 3), of(2, 2))
        .two("scatterReduce sum", reduce(ScatterReduction.SUM, true), of(2, 3), of(2, 2))
        .two("scatterReduce prod", reduce(ScatterReduction.PROD, true), of(2, 3), of(2, 2))
        .two("scatterReduce mean", reduce(ScatterReduction.MEAN, true), of(2, 3), of(2, 2))
        .two("scatterReduce mean only", reduce(ScatterReduction.MEAN, false), of(2, 3), of(2, 2))
        .two("scatterReduce amax", reduce(ScatterReduction.AMAX, true), of(2, 3), of(2, 2))
        .two("scatterReduce amin", reduce(ScatterReduction.AMIN, false), of(2, 3), of(2, 2))
        .two(
            "scatterReduce_",
            (t, v) -> t.clone().scatterReduce_(1, COLUMNS, v, ScatterReduction.SUM, true),
            of(2, 3),
            of(2, 2))
        .two("indexAdd", (t, v) -> t.indexAdd(0, ROWS, v), of(2, 3), of(3, 3))
        .two("indexAdd alpha", (t, v) -> t.indexAdd(1, ONCE, v, 2.5), of(2, 3), of(2, 2))
        .two("indexAdd_", (t, v) -> t.clone().indexAdd_(0, ROWS, v), of(2, 3), of(3, 3))
        .two("indexCopy", (t, v) -> t.indexCopy(1, ONCE, v), of(2, 3), of(2, 2))
        .two("indexCopy_", (t, v) -> t.clone().indexCopy_(1, ONCE, v), of(2, 3), of(2, 2))
        .one("indexFill", t -> t.indexFill(1, ONCE, 2.5), 2, 3)
        .one("indexFill_", t -> t.clone().indexFill_(1, ONCE, 2.5), 2, 3)
        .two("put", (t, v) -> t.put(ONCE, v, false), of(2, 3), of(2))
        .two("put added", (t, v) -> t.put(ROWS, v, true), of(2, 3), of(3))
        .two("put_", (t, v) -> t.clone().put_(ONCE, v, false), of(2, 3), of(2))
        .two("maskedScatter", (t, v) -> t.maskedScatter(MASK, v), of(2, 3), of(4))
        .two("maskedScatter_", (t, v) -> t.clone().maskedScatter_(MASK, v), of(2, 3), of(4))
        .two("selectScatter", (t, v) -> t.selectScatter(v, 1, 0), of(2, 3), of(2))
        .two(
            "sliceScatter",
            (t, v) -> t.sliceScatter(v, 1, Slice.of(0, 3).step(2)),
            of(2, 3),
            of(2, 2))
        .two("diagonalScatter", (t, v) -> t.diagonalScatter(v), of(2, 3), of(2))
        .two("diagonalScatter at", (t, v) -> t.diagonalScatter(v, 1, 0, 1), of(2, 3), of(2))
        .two(
            "asStridedScatter",
            (t, v) -> t.contiguous().asStridedScatter(v, of(2), of(2), 1),
            of(2, 3),
            of(2))
        .two(
            "maskedIndexPut",
            (t, v) -> t.maskedIndexPut(ROW_MASK.view(2, 1), indices(ONCE), v),
            of(2, 3),
            of(2, 3))
        .one("maskedFill", t -> t.maskedFill(MASK, 2.5), 2, 3)
        .two("maskedFill tensor", (t, v) -> t.maskedFill(MASK, v), of(2, 3), of())
        .one("maskedFill_", t -> t.clone().maskedFill_(MASK, 2.5), 2, 3)
        .two("maskedFill_ tensor", (t, v) -> t.clone().maskedFill_(MASK, v), of(2, 3), of())
        .two("where", (a, b) -> a.where(MASK, b), of(2, 3), of(2, 3))
        .one("where number", t -> t.where(MASK, 2.5), 2, 3)
        .two("where of condition", (a, b) -> Tensor.where(MASK, a, b), of(2, 3), of(2, 1))
        .two("copy_", (t, v) -> t.clone().copy_(v), of(2, 3), of(2, 3))
        .two("copy_ into a view", IndexGradientsTest::intoView, of(2, 3), of(2))
        .one("fill_", t -> t.mul(2).fill_(2.5).add(t), 2, 3)
        .two("fill_ tensor", (t, v) -> t.clone().fill_(v), of(2, 3), of())
        .one("fill", t -> t.fill(2.5).add(t), 2, 3)
        .one("zero_", t -> t.mul(2).zero_().add(t), 2, 3);
  }

  private static BinaryOperator<Tensor> reduce(ScatterReduction how, boolean includeSelf) {
    return (t, v) -> t.scatterReduce(1, COLUMNS, v, how, includeSelf);
  }

  private static Tensor intoView(Tensor t, Tensor v) {
    Tensor copy = t.mul(1.5);
    copy.select(1, 1).copy_(v).mul_(v);
    return copy;
  }

  private static Tensor distinct() {
    return Tensor.tensor(2, 0, 0, 1).to(DType.I64).view(2, 2);
  }

  private static List<@Nullable Tensor> indices(@Nullable Tensor... each) {
    return Arrays.asList(each);
  }
}
