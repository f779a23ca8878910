package io.gradus.fft;

import static io.gradus.fft.Dft.close;
import static io.gradus.fft.Dft.sample;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.ComplexPairs;
import io.gradus.Fft;
import io.gradus.FftOptions;
import io.gradus.FftOptions.Norm;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tck.reference.ReferenceDevice;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.error.TensorIndexException;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.layout.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FftTest {
  private static final FftOptions USUAL = FftOptions.DEFAULT;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 12, 17, 30, 49, 64, 97, 100, 194, 211, 422})
  void everyLengthIsTheSumOfItsDefinition(int n) {
    Tensor z = sample(n, 2);
    close(Dft.of(z, false), Fft.fft(z));
    close(Dft.of(z, true).div(n), Fft.ifft(z));
    Tensor x = sample(n);
    Tensor whole = Dft.of(ComplexPairs.ofReal(x), false);
    close(whole.narrow(0, 0, n / 2 + 1), Fft.rfft(x));
    close(ComplexPairs.conj(Fft.rfft(x)).div(n), Fft.ihfft(x));
    close(x, Fft.irfft(Fft.rfft(x), USUAL.n(n)));
    close(x, Fft.hfft(Fft.ihfft(x), USUAL.n(n)));
  }

  @Test
  void aLongLineComesBackAndKeepsItsEnergy() {
    Tensor z = sample(1 << 14, 2);
    Tensor f = Fft.fft(z, USUAL.norm(Norm.ORTHO));
    assertEquals(
        z.square().sum().item().doubleValue(), f.square().sum().item().doubleValue(), 1e-8);
    close(z, Fft.ifft(f, USUAL.norm(Norm.ORTHO)));
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void aTransformAndItsInverseCancelWhoeverDivides(Norm norm) {
    FftOptions o = USUAL.norm(norm);
    Tensor z = sample(3, 4, 5, 2);
    close(z, Fft.ifft(Fft.fft(z, o), o));
    close(z, Fft.ifft2(Fft.fft2(z, o), o));
    close(z, Fft.ifftn(Fft.fftn(z, o), o));
    Tensor x = sample(3, 4, 6);
    close(x, Fft.irfft(Fft.rfft(x, o), o));
    close(x, Fft.irfft2(Fft.rfft2(x, o), o));
    close(x, Fft.irfftn(Fft.rfftn(x, o), o));
    close(x, Fft.hfft(Fft.ihfft(x, o), o));
    close(x, Fft.hfft2(Fft.ihfft2(x, o), o));
    close(x, Fft.hfftn(Fft.ihfftn(x, o), o));
  }

  @Test
  void severalDimensionsAreTransformedOneAfterTheOther() {
    Tensor z = sample(3, 4, 5, 2);
    Tensor last = Fft.fft(z, USUAL.dim(-1));
    Tensor both = Fft.fft(last, USUAL.dim(-2));
    close(both, Fft.fft2(z));
    close(both, Fft.fftn(z, USUAL.dim(2, 1)));
    close(Fft.fft(both, USUAL.dim(0)), Fft.fftn(z));
    Tensor x = sample(3, 4, 5);
    close(Fft.fft(Fft.rfft(x), USUAL.dim(0)), Fft.rfftn(x, USUAL.dim(0, 2)));
    close(Fft.rfft(x, USUAL.dim(0)), Fft.rfftn(x, USUAL.dim(0)));
    close(Fft.hfft(Fft.fft(z, USUAL.dim(1))), Fft.hfft2(z));
    close(Fft.ifft(Fft.ihfft(x), USUAL.dim(1)), Fft.ihfft2(x));
  }

  @Test
  void whatIsTooLongIsCutAndWhatIsTooShortIsFollowedByZeros() {
    Tensor z = sample(6, 2);
    close(Fft.fft(z.narrow(0, 0, 4)), Fft.fft(z, USUAL.n(4)));
    Tensor longer = Tensor.cat(List.of(z, Tensor.zeros(Options.dtype(DType.F64), 3, 2)));
    close(Fft.fft(longer), Fft.fft(z, USUAL.n(9)));
    Tensor x = sample(2, 3);
    assertEquals(Shape.of(2, 5, 2), Fft.rfft(x, USUAL.n(8)).shape());
    assertEquals(Shape.of(4, 3, 2), Fft.fftn(sample(2, 3, 2), USUAL.s(4, -1)).shape());
    assertEquals(Shape.of(2, 7), Fft.irfftn(sample(2, 3, 2), USUAL.s(7)).shape());
  }

  @Test
  void linesMayLieAnyhow() {
    Tensor z = sample(4, 6, 2);
    Tensor turned = z.transpose(0, 1);
    close(Fft.fft(turned.contiguous()), Fft.fft(turned));
    close(Fft.fft(z, USUAL.dim(0)), Fft.fft(turned).transpose(0, 1));
    Tensor swapped = z.flip(-1).contiguous().flip(-1);
    close(Fft.fft(z), Fft.fft(swapped));
    Tensor repeated = sample(1, 6).expand(3, 6);
    close(Fft.rfft(repeated.contiguous()), Fft.rfft(repeated));
    assertEquals(0, Fft.fft(Tensor.zeros(0, 3, 2)).numel());
  }

  @Test
  void wholeNumbersCountAsTheDefaultDtype() {
    Tensor f = Fft.rfft(Tensor.tensor(1L, 2L, 3L, 4L));
    assertEquals(DType.F32, f.dtype());
    assertArrayEquals(new double[] {10, 0, -2, 2, -2, 0}, f.doubleArray(), 1e-6);
    assertEquals(DType.F32, ComplexPairs.ofReal(Tensor.tensor(true, false)).dtype());
  }

  @Test
  void frequenciesAreInTheOrderOfTheTransform() {
    assertArrayEquals(new double[] {0, 0.25, -0.5, -0.25}, Fft.fftfreq(4).doubleArray(), 1e-7);
    assertArrayEquals(
        new double[] {0, 0.1, 0.2, -0.2, -0.1},
        Fft.fftfreq(5, 2, Options.dtype(DType.F64)).doubleArray(),
        1e-15);
    assertArrayEquals(new double[] {0, 0.5}, Fft.rfftfreq(2).doubleArray());
    assertEquals(0, Fft.fftfreq(0).numel());
    assertTrue(Fft.fftfreq(3, 1, Options.DEFAULT.requiresGrad(true)).isLeaf());
    assertArrayEquals(
        new double[] {-0.5, -0.25, 0, 0.25}, Fft.fftshift(Fft.fftfreq(4)).doubleArray(), 1e-7);
    Tensor x = sample(3, 4);
    close(x, Fft.ifftshift(Fft.fftshift(x)));
    close(x.roll(2, 1), Fft.fftshift(x, -1));
    close(x.roll(-1, 0), Fft.ifftshift(x, 0));
  }

  @Test
  void aProductOfTransformsIsTheTransformOfACircularConvolution() {
    Tensor a = Tensor.tensor(1.0, 2, 3, 4);
    Tensor b = Tensor.tensor(5.0, 0, 1, 0);
    Tensor c = Fft.irfft(ComplexPairs.mul(Fft.rfft(a), Fft.rfft(b)));
    close(Tensor.tensor(8.0, 14, 16, 22), c);
  }

  /** A GPU without transforms, as far as this class can tell. */
  private static final Device OTHER =
      new ReferenceDevice() {
        @Override
        public String type() {
          return "cuda";
        }

        @Override
        public boolean supports(Kernel kernel) {
          return !(kernel instanceof Kernel.Fft) && super.supports(kernel);
        }
      };

  @Test
  void theCpuHelpsDevicesWithoutTransforms() {
    Tensor x = sample(2, 5).requiresGrad_();
    Tensor there = Fft.rfft(x.to(OTHER));
    assertSame(OTHER, there.device());
    close(Fft.rfft(x.detach()), there.detach().to(x.device()));
    there.square().sum().backward();
    Tensor y = x.detach().requiresGrad_();
    Fft.rfft(y).square().sum().backward();
    close(y.grad(), x.grad());
  }

  private static void fails(Class<? extends TensorException> kind, String phrase, Executable call) {
    String message = assertThrows(kind, call).getMessage();
    assertTrue(message.contains(phrase), message);
  }

  @Test
  void refusalsAreWordedAsPyTorchs() {
    Tensor z = sample(3, 4, 2);
    Tensor x = sample(3, 4);
    Class<InvalidArgumentException> argument = InvalidArgumentException.class;
    fails(argument, "Invalid number of data points (0)", () -> Fft.fft(z, USUAL.n(0)));
    fails(argument, "Invalid number of data points (-2)", () -> Fft.fftn(z, USUAL.s(2, -2)));
    fails(argument, "Invalid number of data points (0)", () -> Fft.irfft(sample(1, 2)));
    fails(argument, "Invalid number of data points (0)", () -> Fft.rfft(Tensor.zeros(2, 0)));
    fails(argument, "FFT dims must be unique", () -> Fft.fftn(z, USUAL.dim(0, -2)));
    fails(argument, "must have the same length", () -> Fft.fft2(z, USUAL.s(2)));
    fails(argument, "input tensor only has 2 dimensions", () -> Fft.fftn(z, USUAL.s(2, 2, 2)));
    fails(
        argument,
        "must transform at least one axis",
        () -> Fft.rfftn(x, new FftOptions(null, List.of(), Norm.BACKWARD)));
    fails(argument, "one dimension", () -> Fft.fft(z, USUAL.dim(0, 1)));
    Class<TensorIndexException> index = TensorIndexException.class;
    fails(index, "but tensor has no dimensions", () -> Fft.fft(sample(2)));
    fails(index, "but tensor has no dimensions", () -> Fft.rfft(Tensor.tensor(1.0).squeeze()));
    fails(index, "Dimension out of range", () -> Fft.rfft2(sample(4)));
    fails(index, "Dimension out of range", () -> Fft.fft(z, USUAL.dim(2)));
    fails(ShapeException.class, "pairs", () -> Fft.fft(sample(3)));
    fails(DTypeException.class, "Unsupported dtype Half", () -> Fft.rfft(x.to(DType.F16)));
    fails(DTypeException.class, "Unsupported dtype BFloat16", () -> Fft.fft(z.to(DType.BF16)));
    fails(
        DTypeException.class,
        "requires a floating point",
        () -> Fft.fftfreq(4, 1, Options.dtype(DType.I64)));
    fails(ShapeException.class, "negative dimension -1", () -> Fft.fftfreq(-1));
    fails(argument, "`shifts` required", () -> Fft.fftshift(Tensor.tensor(1.0).squeeze()));
  }
}
