package io.gradus.fft;

import static io.gradus.fft.Dft.close;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.ComplexPairs;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.layout.Shape;
import org.junit.jupiter.api.Test;

class ComplexPairsTest {
  @Test
  void partsArePutTogetherAndTakenApart() {
    Tensor re = Tensor.tensor(3.0, 0, -1);
    Tensor im = Tensor.tensor(4.0, -2, 0);
    Tensor z = ComplexPairs.complex(re, im);
    close(re, ComplexPairs.real(z));
    close(im, ComplexPairs.imag(z));
    assertArrayEquals(new double[] {5, 2, 1}, ComplexPairs.abs(z).doubleArray());
    assertArrayEquals(
        new double[] {Math.atan2(4, 3), -Math.PI / 2, Math.PI},
        ComplexPairs.angle(z).doubleArray(),
        1e-15);
    close(z, ComplexPairs.polar(ComplexPairs.abs(z), ComplexPairs.angle(z)));
    close(
        ComplexPairs.ofReal(ComplexPairs.abs(z).square()),
        ComplexPairs.mul(z, ComplexPairs.conj(z)));
  }

  @Test
  void partsBroadcast() {
    Tensor z = ComplexPairs.complex(Tensor.ones(3, 1), Tensor.ones(4));
    assertEquals(Shape.of(3, 4, 2), z.shape());
  }

  @Test
  void realAndImaginaryPartsAreViews() {
    Tensor z = ComplexPairs.ofReal(Tensor.tensor(1.0, 2));
    ComplexPairs.imag(z).fill_(7);
    assertArrayEquals(new double[] {1, 7, 2, 7}, z.doubleArray());
  }

  @Test
  void theMagnitudeOfZeroHasTheGradientZero() {
    Tensor z = Tensor.zeros(1, 2).requiresGrad_();
    ComplexPairs.abs(z).sum().backward();
    assertArrayEquals(new double[] {0, 0}, z.grad().doubleArray());
  }

  @Test
  void refusalsAreWordedAsPyTorchs() {
    Tensor x = Tensor.ones(2);
    DTypeException mixed =
        assertThrows(DTypeException.class, () -> ComplexPairs.complex(x, x.to(DType.F64)));
    assertTrue(
        mixed
            .getMessage()
            .contains("Expected object of scalar type Float but got scalar type Double"));
    DTypeException whole =
        assertThrows(DTypeException.class, () -> ComplexPairs.polar(x, x.to(DType.I32)));
    assertTrue(whole.getMessage().contains("Half, Float or Double tensors but got Float and Int"));
    assertThrows(DTypeException.class, () -> ComplexPairs.complex(x.to(DType.BF16), x));
    assertThrows(ShapeException.class, () -> ComplexPairs.real(Tensor.ones(3)));
  }
}
