package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gradus.GradCheck;
import io.gradus.Index;
import io.gradus.Tensor;
import io.gradus.exec.ScatterReduction;
import io.gradus.linalg.Linalg;
import io.gradus.tensor.dtype.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class StructureGradCheckTest {
  private static final double[] VALUES = {1.5, -2, 3, 0.5, 4, -1};
  private static final Map<String, UnaryOperator<Tensor>> ANY = new LinkedHashMap<>();
  private static final Map<String, UnaryOperator<Tensor>> SQUARE = new LinkedHashMap<>();

  static {
    Tensor picks = Tensor.tensor(0L, 2L, 1L, 0L).view(2, 2);
    Tensor pair = Tensor.tensor(2L, 0L);
    ANY.put("sum", t -> t.sum(1));
    ANY.put("mean", t -> t.mean(0, true));
    ANY.put("prod", t -> t.prod(1));
    ANY.put("max", t -> t.max(1).values());
    ANY.put("amin", t -> t.amin(0));
    ANY.put("softmax", t -> t.softmax(1));
    ANY.put("logSoftmax", t -> t.logSoftmax(0));
    ANY.put("logsumexp", t -> t.logsumexp(1));
    ANY.put("var", t -> t.var(1));
    ANY.put("std", t -> t.std(new int[] {0, 1}, 0, true));
    ANY.put("norm", t -> t.norm());
    ANY.put("norm 3", t -> t.norm(3, new int[] {1}, false));
    ANY.put("cumsum", t -> t.cumsum(1));
    ANY.put("cumprod", t -> t.cumprod(1));
    ANY.put("cummax", t -> t.cummax(1).values());
    ANY.put("logcumsumexp", t -> t.logcumsumexp(1));
    ANY.put("sort", t -> t.sort(1, true).values());
    ANY.put("topk", t -> t.topk(2).values());
    ANY.put("median", t -> t.median(1, false).values());
    ANY.put("quantile", t -> t.quantile(0.3));
    ANY.put("gather", t -> t.gather(1, picks));
    ANY.put("scatter", t -> t.scatter(1, picks.narrow(1, 0, 1), t.narrow(1, 1, 1)));
    ANY.put("scatterAdd", t -> t.scatterAdd(1, picks, t.mul(t)));
    for (ScatterReduction r : ScatterReduction.values()) {
      ANY.put("scatterReduce " + r, t -> t.scatterReduce(1, picks, t.mul(0.7).add(0.1), r, true));
    }
    ANY.put("indexSelect", t -> t.indexSelect(1, pair));
    ANY.put("indexAdd", t -> t.indexAdd(1, pair, t.narrow(1, 0, 2), 2));
    ANY.put("indexCopy", t -> t.indexCopy(1, pair, t.narrow(1, 0, 2).mul(3)));
    ANY.put("get by positions", t -> t.get(Index.of(1L, 0L, 1L), Index.of(2L, 0L, 2L)));
    ANY.put("get beside a range", t -> t.get(Index.slice(0, 2), Index.of(2L, 0L, 2L)));
    ANY.put("get by mask", t -> t.get(t.detach().gt(0)));
    ANY.put("set a range", t -> t.clone().set(t.get(0).mul(2), Index.at(1)));
    ANY.put("set by positions", t -> t.clone().set(t.narrow(1, 0, 2), Index.ALL, Index.of(pair)));
    ANY.put("take", t -> t.take(Tensor.tensor(5L, -6L)));
    ANY.put("cat", t -> Tensor.cat(List.of(t, t.mul(t)), 1));
    ANY.put("stack", t -> Tensor.stack(List.of(t, t.mul(t)), 1));
    ANY.put("split", t -> t.split(2, 1).get(0));
    ANY.put("unfold", t -> t.unfold(1, 2, 1));
    ANY.put("diagonal", t -> t.diagonal(1, 0, 1));
    ANY.put("flip", t -> t.flip(0, 1));
    ANY.put("roll", t -> t.roll(1, 1));
    ANY.put("repeat", t -> t.repeat(2, 1));
    ANY.put("matmul", t -> t.matmul(t.mT()));
    ANY.put("matmul in batches", t -> t.unsqueeze(0).expand(2, 2, 3).matmul(t.mT()));
    SQUARE.put("inv", Linalg::inv);
    SQUARE.put("solve", t -> Linalg.solve(t, t.mul(2).add(1)));
    SQUARE.put("det", Linalg::det);
    SQUARE.put("slogdet", t -> Linalg.slogdet(t).logabsdet());
    SQUARE.put("cholesky", t -> Linalg.cholesky(t.matmul(t.mT())));
    SQUARE.put("qr", t -> Linalg.qr(t).q().add(Linalg.qr(t).r()));
    SQUARE.put("solveTriangular", t -> Linalg.solveTriangular(t, t.mT(), true, true, false));
    SQUARE.put("eigh", t -> Linalg.eigh(t.add(t.mT())).eigenvalues());
    SQUARE.put("svd", t -> Linalg.svd(t).s());
    SQUARE.put("pinv", Linalg::pinv);
    SQUARE.put("matrixPower", t -> t.matrixPower(3));
    SQUARE.put("triu", t -> t.triu(1));
    SQUARE.put("einsum", t -> Tensor.einsum("ij,jk,ki->i", t, t, t));
  }

  @TestFactory
  @DisplayName("S10.9 S7 S3.3 S4.1 S8 operations of many elements pass gradcheck and gradgradcheck")
  Stream<DynamicTest> anyMatrix() {
    return ANY.entrySet().stream()
        .flatMap(
            e ->
                Stream.of(
                    dynamicTest(e.getKey(), () -> check(e.getValue(), sample())),
                    dynamicTest(
                        e.getKey() + " transposed",
                        () -> check(t -> e.getValue().apply(t.t()), sample().view(3, 2)))));
  }

  @TestFactory
  @DisplayName("S8 S10.9 linear algebra passes gradcheck and gradgradcheck, in batches too")
  Stream<DynamicTest> squareMatrices() {
    Tensor one = Tensor.tensor(2, -1, 0.5, 0.3, 1.7, -0.4, 0.9, 0.2, 3).view(3, 3);
    return SQUARE.entrySet().stream()
        .map(e -> dynamicTest(e.getKey(), () -> check(e.getValue(), one.clone())));
  }

  private static Tensor sample() {
    return Tensor.tensor(VALUES).to(DType.F64).view(2, 3);
  }

  private static void check(UnaryOperator<Tensor> f, Tensor at) {
    Tensor x = at.detach().clone().requiresGrad_();
    assertTrue(GradCheck.gradcheck(f, x), "gradcheck");
    assertTrue(GradCheck.gradgradcheck(f, x), "gradgradcheck");
  }
}
