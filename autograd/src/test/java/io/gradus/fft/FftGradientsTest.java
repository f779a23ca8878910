package io.gradus.fft;

import static io.gradus.fft.Dft.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.ComplexPairs;
import io.gradus.Fft;
import io.gradus.FftOptions;
import io.gradus.FftOptions.Norm;
import io.gradus.GradCheck;
import io.gradus.StftOptions;
import io.gradus.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FftGradientsTest {
  private record Function(UnaryOperator<Tensor> f, long[] shape) {}

  private static Function of(UnaryOperator<Tensor> f, long... shape) {
    return new Function(f, shape);
  }

  private static Map<String, Function> functions() {
    FftOptions o = FftOptions.DEFAULT.norm(Norm.ORTHO);
    Map<String, Function> all = new TreeMap<>();
    all.put("fft", of(Fft::fft, 2, 5, 2));
    all.put("fft, longer", of(x -> Fft.fft(x, o.n(4).dim(0)), 3, 2, 2));
    all.put("ifft, shorter", of(x -> Fft.ifft(x, o.n(3)), 5, 2));
    all.put("fft2", of(Fft::fft2, 2, 3, 2));
    all.put("ifftn", of(x -> Fft.ifftn(x, o.s(3, 2)), 2, 3, 2));
    all.put("rfft, odd", of(Fft::rfft, 5));
    all.put("rfft, even", of(x -> Fft.rfft(x, o.dim(0)), 4, 2));
    all.put("rfft, one", of(Fft::rfft, 1));
    all.put("rfft, two", of(Fft::rfft, 2));
    all.put("rfftn", of(x -> Fft.rfftn(x, o.s(3, 5)), 2, 4));
    all.put("irfft, even", of(Fft::irfft, 2, 3, 2));
    all.put("irfft, odd", of(x -> Fft.irfft(x, o.n(5)), 3, 2));
    all.put("irfft, one", of(x -> Fft.irfft(x, o.n(1)), 2, 2));
    all.put("irfft2", of(x -> Fft.irfft2(x, o), 2, 3, 2));
    all.put("hfft", of(x -> Fft.hfft(x, o.dim(0)), 3, 2, 2));
    all.put("hfftn", of(Fft::hfftn, 2, 3, 2));
    all.put("ihfft", of(Fft::ihfft, 4));
    all.put("ihfft2", of(x -> Fft.ihfft2(x, o), 3, 3));
    all.put("fftshift", of(x -> Fft.fftshift(x, 0), 3, 2));
    all.put("ifftshift", of(Fft::ifftshift, 3, 2));
    StftOptions frames = StftOptions.of(4).hopLength(2);
    all.put("stft", of(x -> Fft.stft(x, frames), 9));
    all.put("stft, all", of(x -> Fft.stft(x, frames.onesided(false).center(false)), 2, 6));
    all.put("istft", of(x -> Fft.istft(x, frames, 5), 3, 3, 2));
    all.put("abs", of(ComplexPairs::abs, 3, 2));
    all.put("angle", of(ComplexPairs::angle, 3, 2));
    all.put("conj", of(ComplexPairs::conj, 3, 2));
    all.put("ofReal", of(ComplexPairs::ofReal, 3));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> firstAndSecondDerivatives() {
    return functions().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      UnaryOperator<Tensor> f = e.getValue().f();
                      Tensor x = sample(e.getValue().shape()).requiresGrad_();
                      assertTrue(GradCheck.gradcheck(f, x));
                      assertTrue(GradCheck.gradgradcheck(f, x));
                    }));
  }

  @Test
  void ofTwoOperands() {
    List<BinaryOperator<Tensor>> functions =
        List.of(
            ComplexPairs::complex,
            ComplexPairs::polar,
            (a, b) -> ComplexPairs.mul(ComplexPairs.complex(a, b), ComplexPairs.ofReal(b)),
            (a, b) ->
                Fft.stft(a.select(0, 0), StftOptions.of(3).hopLength(1).center(false).window(b)));
    for (BinaryOperator<Tensor> f : functions) {
      Tensor a = sample(2, 3).requiresGrad_();
      Tensor b = sample(3).add(1.5).detach().requiresGrad_();
      GradCheck.Checked checked = in -> List.of(f.apply(in.get(0), in.get(1)));
      assertTrue(GradCheck.gradcheck(checked, a, b));
      assertTrue(GradCheck.gradgradcheck(checked, a, b));
    }
  }

  @Test
  void nodesHaveTheirPyTorchNames() {
    Tensor x = sample(4).requiresGrad_();
    assertEquals("FftR2CBackward0", name(Fft.rfft(x)));
    assertEquals("FftC2RBackward0", name(Fft.irfft(ComplexPairs.ofReal(x))));
    assertEquals("FftC2CBackward0", name(Fft.fft(ComplexPairs.ofReal(x))));
  }

  private static String name(Tensor t) {
    return String.valueOf(t.gradFn()).replaceAll("[<>]", "").replaceAll(" .*", "");
  }
}
