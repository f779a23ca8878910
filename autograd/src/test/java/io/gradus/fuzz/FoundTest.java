package io.gradus.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Fft;
import io.gradus.Masked;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.Windows;
import io.gradus.linalg.Linalg;
import io.gradus.nn.Functional;
import io.gradus.nn.Init;
import io.gradus.nn.MultiHead;
import io.gradus.nn.PoolOptions;
import io.gradus.nn.Pooling;
import io.gradus.nn.PowerPooling;
import io.gradus.nn.Rearrangements;
import io.gradus.nn.conv.Conv2d;
import io.gradus.nn.conv.ConvTranspose2d;
import io.gradus.nn.pool.MaxUnpool3d;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the fuzz test found once. */
class FoundTest {
  private static final long HUGE = 1L << 40;

  @Test
  @DisplayName("S13 sizes beyond any array are refused, whatever computes them")
  void sizes() {
    Tensor t = Tensor.ones(4);
    assertThrows(TensorException.class, () -> Tensor.zeros(HUGE));
    assertThrows(ShapeException.class, () -> t.repeatInterleave(1L << 62));
    Tensor counts = Tensor.tensor(Long.MAX_VALUE, Long.MAX_VALUE, 2L, 0L);
    assertThrows(ShapeException.class, () -> t.repeatInterleave(counts, 0));
    assertThrows(ShapeException.class, () -> t.histc(HUGE, 0, 1));
    assertThrows(ShapeException.class, () -> Windows.hann(Options.DEFAULT, HUGE, true));
    assertThrows(ShapeException.class, () -> Fft.fftfreq(Integer.MAX_VALUE));
    Tensor image = t.view(1, 1, 4);
    assertThrows(ShapeException.class, () -> Pooling.adaptiveAvgPool(image, 1, 1L << 62));
    assertThrows(TensorException.class, () -> t.mvlgamma(Integer.MAX_VALUE));
  }

  @Test
  @DisplayName("S13 dimensions and counts out of range are refused")
  void dimensions() {
    Tensor t = Tensor.ones(2, 2);
    Tensor one = Tensor.scalar(1);
    assertThrows(TensorIndexException.class, () -> one.stride(0));
    assertThrows(InvalidArgumentException.class, () -> t.tensordot(t, -1));
    assertThrows(InvalidArgumentException.class, () -> t.tensordot(t, 3));
    int[] dims = {0, 5};
    assertThrows(TensorIndexException.class, () -> Masked.prod(t, null, dims, false));
    PoolOptions options = PoolOptions.of(1);
    assertThrows(InvalidArgumentException.class, () -> PowerPooling.lpPool(t, -1, 2, options));
    MaxUnpool3d unpool = new MaxUnpool3d(PoolOptions.of());
    Tensor positions = Tensor.zerosLike(one.to(DType.I64)).expand(1, 1, 1, 1);
    assertThrows(
        InvalidArgumentException.class, () -> unpool.call(positions.to(DType.F32), positions));
    List<Tensor> indices = List.of(Tensor.tensor(0L), t.gt(0));
    assertThrows(TensorIndexException.class, () -> t.indexPut(indices, t, false));
    double[][] rows = {{1}, {2}};
    assertThrows(InvalidArgumentException.class, () -> Tensor.wrap(rows, DType.F64, 2));
  }

  @Test
  @DisplayName("S13 a sparsity outside of 0 and 1 is refused before anything is written")
  void sparsity() {
    Tensor t = Tensor.ones(2, 2);
    assertThrows(InvalidArgumentException.class, () -> Init.sparse_(t, -1, 1));
    assertArrayEquals(new float[] {1, 1, 1, 1}, t.view(4).floatArray());
  }

  @Test
  @DisplayName("S8 the first power of a matrix is a copy, the least one has an inverse")
  void powers() {
    Tensor a = Tensor.eye(2);
    assertFalse(Linalg.matrixPower(a, 1).sameStorage(a));
    assertEquals(2, Linalg.matrixPower(a, Integer.MIN_VALUE).trace().item().intValue());
  }

  @Test
  @DisplayName("S7 the only element of a 0-dim tensor is copied by unique and a masked product")
  void copies() {
    Tensor t = Tensor.scalar(2.5);
    assertFalse(t.unique(0).values().sameStorage(t));
    assertFalse(Masked.prod(t, null, new int[0], false).sameStorage(t));
  }

  @Test
  @DisplayName("S6.3 mvlgamma of many dimensions is the sum of as many terms")
  void manyTerms() {
    Tensor x = Tensor.tensor(100.0, 120.0);
    double expected = 100 * 99 / 4.0 * Math.log(Math.PI);
    for (int j = 0; j < 100; j++) {
      expected += x.sub(j / 2.0).lgamma().get(0).item().doubleValue();
    }
    Tensor y = x.mvlgamma(100);
    assertEquals(expected, y.get(0).item().doubleValue(), 1e-9 * expected);
    assertEquals(y.get(1).item(), x.clone().mvlgamma_(100).get(1).item());
  }

  @Test
  @DisplayName("S1.1 empty rows of lists and arrays make an empty tensor")
  void emptyRows() {
    Tensor t = Tensor.tensor(List.of(List.of(), new float[0]));
    assertArrayEquals(new long[] {2, 0}, t.shape().toArray());
  }

  @Test
  @DisplayName("S12.3 convolutions of images without pixels are refused")
  void noPixels() {
    Tensor none = Tensor.zeros(2, 2, 2, 0);
    assertThrows(ShapeException.class, () -> new ConvTranspose2d(2, 2, 12).call(none));
    assertThrows(ShapeException.class, () -> new Conv2d(2, 2, 1).call(none));
    assertEquals(0, new Conv2d(2, 2, 1).call(Tensor.zeros(0, 2, 2, 2)).numel());
  }

  @Test
  @DisplayName("S1.1 an array of numbers beside deeper rows is refused")
  void unevenRows() {
    Object[] rows = {new Object[] {List.of()}, new float[1]};
    assertThrows(ShapeException.class, () -> Tensor.tensor(rows));
  }

  @Test
  @DisplayName("S12.3 a cross entropy over no classes is the mean of no losses")
  void noClasses() {
    Tensor none = Tensor.zeros(4, 0, 1);
    assertEquals(Double.NaN, Functional.crossEntropy(none, none).item().doubleValue());
  }

  @Test
  @DisplayName("S12.3 a bias of attention that has no three parts is refused")
  void bias() {
    Tensor x = Tensor.ones(1, 1, 1);
    Tensor w = Tensor.ones(1, 1);
    MultiHead.Weights weights =
        new MultiHead.Weights(w, w, w, Tensor.ones(1, 1, 1), null, null, w, null);
    MultiHead.Settings settings = new MultiHead.Settings(1, false, 0, null, null, false);
    assertThrows(ShapeException.class, () -> MultiHead.attend(x, x, x, weights, settings));
  }

  @Test
  @DisplayName("S12.3 dirac_ of no elements does nothing")
  void nothingToInitialise() {
    Tensor t = Tensor.zeros(1, 1, 1, 0);
    assertEquals(t, Init.dirac_(t, 1));
    assertEquals(0, t.version());
  }

  @Test
  @DisplayName("S4 as_strided from beyond all memory is refused, however large the numbers are")
  void farAway() {
    Tensor t = Tensor.zeros(6);
    long far = Long.MAX_VALUE;
    assertThrows(TensorException.class, () -> t.asStrided(new long[] {6}, new long[] {21}, far));
    assertThrows(TensorException.class, () -> t.asStrided(new long[] {3}, new long[] {far}, 0));
    assertEquals(1, t.asStrided(new long[] {1}, new long[] {far}, 5).numel());
    long[] pair = {1, 2};
    assertThrows(ShapeException.class, () -> Tensor.emptyStrided(pair, new long[] {2, far}));
    assertEquals(0, Tensor.emptyStrided(new long[] {0, 2}, new long[] {2, far}).numel());
  }

  @Test
  @DisplayName("S5 more positions than a 0-dim source has elements are refused")
  void scatteredNumber() {
    Tensor t = Tensor.zeros(5);
    Tensor source = Tensor.scalar(2.0).toFloat();
    assertThrows(ShapeException.class, () -> t.scatter_(0, Tensor.tensor(0L, 1L), source));
    assertEquals(2f, t.scatter(0, Tensor.tensor(1L), source).floatArray()[1]);
    assertEquals(0, t.version());
  }

  @Test
  @DisplayName("S12.3 a circular padding of what a negative one leaves nothing of is refused")
  void nothingToRepeat() {
    Tensor x = Tensor.ones(1, 1, 3, 1);
    assertThrows(
        ShapeException.class,
        () -> Rearrangements.pad(x, new long[] {-1, 1, 0, 0}, "circular", null));
  }

  @Test
  void theMaskedProductOfASingleWholeNumberIsI64() {
    Tensor three = Tensor.tensor(3).to(DType.U8);
    Tensor product = Masked.prod(three, Tensor.tensor(true), new int[0], false);
    assertEquals(DType.I64, product.dtype());
    assertEquals(3, product.item().intValue());
  }
}
