package io.gradus.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gradus.Autograd;
import io.gradus.Out;
import io.gradus.OutPair;
import io.gradus.Tensor;
import io.gradus.ValuesIndices;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.layout.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OutTest {
  private static final Tensor A = Tensor.tensor(3.0, -1, 2, 0.5, 4, -2).view(2, 3);
  private static final Tensor B = Tensor.tensor(1.0, 2, 3, 4, 5, 6, 7, 8, 9).view(3, 3);
  private static final Tensor V = Tensor.tensor(1.0, 2, 3);
  private static final Tensor AT = Tensor.tensor(0L, 1L);
  private static final Tensor PICKS = Tensor.tensor(0L, 2L, 1L, 0L).view(2, 2);
  private static final List<Tensor> BOTH = List.of(A, A);
  private static final int[] LAST = {-1};

  private static final Map<String, Function<Out, Tensor>> WRITTEN = new LinkedHashMap<>();
  private static final Map<String, UnaryOperator<Tensor>> PLAIN = new LinkedHashMap<>();
  private static final Map<String, Function<OutPair, ValuesIndices>> PAIRS = new LinkedHashMap<>();
  private static final Map<String, Function<Tensor, ValuesIndices>> PLAIN_PAIRS =
      new LinkedHashMap<>();

  private static void add(String name, Function<Out, Tensor> written, UnaryOperator<Tensor> plain) {
    WRITTEN.put(name, written);
    PLAIN.put(name, plain);
  }

  private static void pair(
      String name,
      Function<OutPair, ValuesIndices> written,
      Function<Tensor, ValuesIndices> plain) {
    PAIRS.put(name, written);
    PLAIN_PAIRS.put(name, plain);
  }

  static {
    add("sum", o -> o.sum(A), a -> a.sum());
    add("sum kept", o -> o.sum(A, LAST, true), a -> a.sum(LAST, true));
    add("nansum", o -> o.nansum(A, LAST, true), a -> a.nansum(LAST, true));
    add("mean", o -> o.mean(A, 0), a -> a.mean(0));
    add("mean kept", o -> o.mean(A, LAST, true), a -> a.mean(LAST, true));
    add("nanmean", o -> o.nanmean(A, LAST, true), a -> a.nanmean(LAST, true));
    add("prod", o -> o.prod(A, 1, false), a -> a.prod(1));
    add("amax", o -> o.amax(A, LAST, false), a -> a.amax(LAST, false));
    add("amin", o -> o.amin(A, LAST, false), a -> a.amin(LAST, false));
    add("argmax", o -> o.argmax(A, 1, true), a -> a.argmax(1, true));
    add("argmin", o -> o.argmin(A, 1, true), a -> a.argmin(1, true));
    add("any", o -> o.any(A, LAST, false), a -> a.any(LAST, false));
    add("all", o -> o.all(A, LAST, false), a -> a.all(LAST, false));
    add("logsumexp", o -> o.logsumexp(A, LAST, false), a -> a.logsumexp(LAST, false));
    add("var", o -> o.var(A, LAST, 0, true), a -> a.var(LAST, 0, true));
    add("std", o -> o.std(A, LAST, 1, true), a -> a.std(LAST, 1, true));
    add("norm", o -> o.norm(A, 3, LAST, true), a -> a.norm(3, LAST, true));
    add("cumsum", o -> o.cumsum(A, 1), a -> a.cumsum(1));
    add("cumprod", o -> o.cumprod(A, 0), a -> a.cumprod(0));
    add("logcumsumexp", o -> o.logcumsumexp(A, 1), a -> a.logcumsumexp(1));
    add("softmax", o -> o.softmax(A, 1), a -> a.softmax(1));
    add("logSoftmax", o -> o.logSoftmax(A, 1), a -> a.logSoftmax(1));
    add("argsort", o -> o.argsort(A, 1, true), a -> a.argsort(1, true));
    add("msort", o -> o.msort(A), a -> a.msort());
    add("searchsorted", o -> o.searchsorted(V, A, true), a -> V.searchsorted(a, true));
    add("bucketize", o -> o.bucketize(A, V, false), a -> a.bucketize(V, false));
    add("matmul", o -> o.matmul(A, V), a -> a.matmul(V));
    add("mm", o -> o.mm(A, B), a -> a.mm(B));
    add("bmm", o -> o.bmm(A.unsqueeze(0), B.unsqueeze(0)), a -> a.mm(B).unsqueeze(0));
    add("mv", o -> o.mv(A, V), a -> a.mv(V));
    add("dot", o -> o.dot(V, V), a -> V.dot(V));
    add("outer", o -> o.outer(V, V), a -> V.outer(V));
    add("inner", o -> o.inner(A, V), a -> a.inner(V));
    add("kron", o -> o.kron(A, B), a -> a.kron(B));
    add("addmm", o -> o.addmm(A, A, B, 2, 3), a -> a.addmm(a, B, 2, 3));
    add(
        "baddbmm",
        o -> o.baddbmm(A, A.unsqueeze(0), B.unsqueeze(0), 2, 3),
        a -> a.baddbmm(a.unsqueeze(0), B.unsqueeze(0), 2, 3));
    add(
        "addbmm",
        o -> o.addbmm(A, A.unsqueeze(0), B.unsqueeze(0), 2, 3),
        a -> a.addbmm(a.unsqueeze(0), B.unsqueeze(0), 2, 3));
    add("addmv", o -> o.addmv(V, B, V, 2, 3), a -> V.addmv(B, V, 2, 3));
    add("addr", o -> o.addr(B, V, V, 2, 3), a -> B.addr(V, V, 2, 3));
    add("triu", o -> o.triu(B, 1), a -> B.triu(1));
    add("tril", o -> o.tril(B, 0), a -> B.tril(0));
    add("cat", o -> o.cat(BOTH, 1), a -> Tensor.cat(BOTH, 1));
    add("stack", o -> o.stack(BOTH, 1), a -> Tensor.stack(BOTH, 1));
    add("hstack", o -> o.hstack(BOTH), a -> Tensor.hstack(BOTH));
    add("vstack", o -> o.vstack(BOTH), a -> Tensor.vstack(BOTH));
    add("dstack", o -> o.dstack(BOTH), a -> Tensor.dstack(BOTH));
    add("columnStack", o -> o.columnStack(BOTH), a -> Tensor.columnStack(BOTH));
    add("gather", o -> o.gather(A, 1, PICKS), a -> a.gather(1, PICKS));
    add("indexSelect", o -> o.indexSelect(A, 1, AT), a -> a.indexSelect(1, AT));
    add("take", o -> o.take(A, AT), a -> a.take(AT));
    add("takeAlongDim", o -> o.takeAlongDim(A, PICKS, 1), a -> a.takeAlongDim(PICKS, 1));
    add("maskedSelect", o -> o.maskedSelect(A, A.gt(0)), a -> a.maskedSelect(a.gt(0)));
    add("nonzero", o -> o.nonzero(A), a -> a.nonzero());
    add("where", o -> o.where(A.gt(0), A, V), a -> Tensor.where(a.gt(0), a, V));
    add("scatter", o -> o.scatter(A, 1, PICKS, A), a -> a.scatter(1, PICKS, a));
    add("scatterAdd", o -> o.scatterAdd(A, 1, PICKS, A), a -> a.scatterAdd(1, PICKS, a));
    add("indexAdd", o -> o.indexAdd(A, 0, AT, A), a -> a.indexAdd(0, AT, a));
    add("indexCopy", o -> o.indexCopy(A, 0, AT, A), a -> a.indexCopy(0, AT, a));
    add("diff", o -> o.diff(A, 1, 1), a -> a.diff(1, 1));
    pair("sort", o -> o.sort(A, 1, true), a -> a.sort(1, true));
    pair("topk", o -> o.topk(A, 2, 1, false), a -> a.topk(2, 1, false));
    pair("kthvalue", o -> o.kthvalue(A, 2, 1, true), a -> a.kthvalue(2, 1, true));
    pair("max", o -> o.max(A, 1, false), a -> a.max(1, false));
    pair("min", o -> o.min(A, 1, false), a -> a.min(1, false));
    pair("median", o -> o.median(A, 1, false), a -> a.median(1, false));
    pair("nanmedian", o -> o.nanmedian(A, 1, false), a -> a.nanmedian(1, false));
    pair("mode", o -> o.mode(A, 1, false), a -> a.mode(1, false));
    pair("cummax", o -> o.cummax(A, 1), a -> a.cummax(1));
    pair("cummin", o -> o.cummin(A, 1), a -> a.cummin(1));
  }

  @TestFactory
  @DisplayName("S6.5 out takes the result in place, an empty one in the shape of the result")
  Stream<DynamicTest> single() {
    return WRITTEN.keySet().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () -> {
                      Tensor expected = PLAIN.get(name).apply(A);
                      Tensor full = Tensor.onesLike(expected);
                      assertSame(full, WRITTEN.get(name).apply(Tensor.out(full)));
                      assertTrue(full.equal(expected));
                      Tensor empty = Tensor.empty(0).to(expected.dtype());
                      assertTrue(WRITTEN.get(name).apply(Tensor.out(empty)).equal(expected));
                    }));
  }

  @TestFactory
  @DisplayName("S6.5 two results go into two targets")
  Stream<DynamicTest> pairs() {
    return PAIRS.keySet().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () -> {
                      ValuesIndices expected = PLAIN_PAIRS.get(name).apply(A);
                      Tensor values = Tensor.zerosLike(expected.values());
                      Tensor places = Tensor.empty(0).to(DType.I64);
                      ValuesIndices r = PAIRS.get(name).apply(Tensor.out(values, places));
                      assertSame(values, r.values());
                      assertSame(places, r.indices());
                      assertTrue(values.equal(expected.values()));
                      assertTrue(places.equal(expected.indices()));
                    }));
  }

  @Test
  @DisplayName("S6.5 a refused pair leaves both targets alone")
  void refusedPair() {
    Tensor values = Tensor.zeros(2, 3).to(A.dtype());
    Tensor places = Tensor.zeros(3, 3).to(DType.I64);
    assertThrows(ShapeException.class, () -> Tensor.out(values, places).sort(A, 1, false));
    assertEquals(0.0, values.abs().sum().item());
    Tensor flags = Tensor.zeros(2, 3).to(DType.BOOL);
    assertThrows(DTypeException.class, () -> Tensor.out(values, flags).sort(A, 1, false));
    assertEquals(0.0, values.abs().sum().item());
  }

  @Test
  @DisplayName("S6.6 out refuses what overlaps itself, and what autograd would have to record")
  void refused() {
    Tensor repeated = Tensor.zeros(1, 3).to(A.dtype()).expand(2, 3);
    assertThrows(TensorException.class, () -> Tensor.out(repeated).cumsum(A, 1));
    Tensor leaf = A.clone().requiresGrad_();
    Tensor target = Tensor.zeros(2, 3).to(A.dtype());
    assertThrows(AutogradException.class, () -> Tensor.out(target).cumsum(leaf, 1));
    assertEquals(0.0, target.abs().sum().item());
    Tensor frozen = Autograd.inferenceMode(() -> Tensor.zeros(2, 3).to(A.dtype()));
    assertThrows(AutogradException.class, () -> Tensor.out(frozen).exp(A));
    assertEquals(0.0, frozen.abs().sum().item());
  }

  @Test
  @DisplayName("S6.5 an operand may be its own target")
  void ownTarget() {
    Tensor t = A.clone();
    assertSame(t, Tensor.out(t).cumsum(t, 1));
    assertTrue(t.equal(A.cumsum(1)));
    Tensor square = B.clone();
    Tensor.out(square).of(square::t);
    assertTrue(square.equal(B.t()));
    assertEquals(Shape.of(3, 3), square.shape());
  }
}
