package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerNormTest {
  private static Tensor random(long... shape) {
    return Tensor.randn(Options.dtype(DType.F64), shape).requiresGrad_();
  }

  private static Tensor norm(Tensor x, Tensor w, Tensor b) {
    return Normalizations.layerNorm(x, w.shape().toArray(), w, b, 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40, 5000})
  void isWhatItsStatisticsSay(int length) {
    Tensor x = random(3, length);
    Tensor w = random(length);
    Tensor b = random(length);
    Normalizations.Normalized all =
        Normalizations.layerNormWithStatistics(x, new long[] {length}, w, b, 1e-5);
    assertArrayEquals(
        all.output().doubleArray(), norm(x, w, b).doubleArray(), 1e-9, "length " + length);
  }

  @Test
  void hasBothDerivatives() {
    Tensor w = random(2, 3);
    Tensor b = random(2, 3);
    GradCheck.Checked f = in -> List.of(norm(in.get(0), in.get(1), in.get(2)));
    assertTrue(GradCheck.gradcheck(f, random(4, 2, 3), w, b));
    assertTrue(GradCheck.gradgradcheck(f, random(2, 2, 3), w, b));
    assertTrue(
        GradCheck.gradcheck(
            x -> norm(x.t(), w.detach().select(0, 0), b.detach().select(0, 0)), random(3, 2)));
  }

  @Test
  void operandsThatNeedNoGradientGetNone() {
    Tensor x = Tensor.randn(4, 8);
    Tensor w = Tensor.randn(8).requiresGrad_();
    Tensor b = Tensor.zeros(8);
    norm(x, w, b).sum().backward();
    Tensor h = norm(x, Tensor.ones(8), b);
    assertArrayEquals(h.sum(0).floatArray(), w.grad().floatArray(), 1e-4f);
    assertNull(b.grad());
  }
}
