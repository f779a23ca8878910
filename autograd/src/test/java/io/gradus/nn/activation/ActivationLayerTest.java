package io.gradus.nn.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Tensor;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import org.junit.jupiter.api.Test;

class ActivationLayerTest {
  @Test
  void randomSlopesBecomeTheirMiddleInEvaluation() {
    RReLU layer = new RReLU(0.2, 0.4);
    float[] drawn = layer.call(Tensor.full(new long[] {500}, -1.0)).floatArray();
    for (float v : drawn) {
      assertEquals(-0.3, v, 0.1001);
    }
    layer.eval();
    assertArrayEquals(new float[] {-0.3f, 2}, layer.call(Tensor.tensor(-1f, 2f)).floatArray());
  }

  @Test
  void textsShowSettings() {
    assertEquals("Hardtanh(min_val=-1.0, max_val=1.0)", new Hardtanh().toString());
    assertEquals("GELU(approximate='tanh')", new GELU("tanh").toString());
    assertEquals("Mish()", new Mish().toString());
  }

  @Test
  void mistakesAreNamed() {
    assertThrows(InvalidArgumentException.class, () -> new Hardtanh(1, -1));
    assertThrows(ShapeException.class, () -> new Softmax2d().call(Tensor.zeros(2, 2)));
    assertThrows(ShapeException.class, () -> new GLU().call(Tensor.zeros(3)));
    assertThrows(ShapeException.class, () -> new PReLU(3).call(Tensor.zeros(2, 4)));
  }
}
