package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.Tensor;
import io.gradus.nn.loss.BCEWithLogitsLoss;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.nn.loss.MSELoss;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Losses and their gradients against PyTorch (src/test/oracle/losses.py), and their errors. */
class LossTest {
  /** f64: a handful of roundings of transcendental functions. */
  private static final double TOLERANCE = 1e-12;

  @TestFactory
  Stream<DynamicTest> lossesAndGradientsAsPyTorch() throws IOException {
    JsonNode all = new ObjectMapper().readTree(LossTest.class.getResource("losses.json"));
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode c : all) {
      tests.add(
          DynamicTest.dynamicTest(
              c.get("loss").asText() + " " + c.get("shape") + " " + c.get("settings"),
              () -> run(c)));
    }
    assertEquals(81, tests.size());
    return tests.stream();
  }

  private static void run(JsonNode c) {
    Tensor input = tensor(c.get("input"), c.get("shape")).requiresGrad_();
    Tensor target = tensor(c.get("target"), c.get("target_shape"));
    JsonNode settings = c.get("settings");
    Reduction reduction =
        Reduction.valueOf(settings.get("reduction").asText().toUpperCase(Locale.ROOT));
    Loss loss =
        switch (c.get("loss").asText()) {
          case "mse" -> new MSELoss(reduction);
          case "bce_with_logits" ->
              new BCEWithLogitsLoss(
                  reduction,
                  settings.has("pos_weight") ? vector(settings.get("pos_weight")) : null);
          case "cross_entropy" -> {
            if (!c.get("target_float").asBoolean()) {
              target = target.to(DType.I64);
            }
            CrossEntropyLoss.Options options =
                CrossEntropyLoss.Options.DEFAULT
                    .reduction(reduction)
                    .labelSmoothing(settings.get("label_smoothing").asDouble());
            yield new CrossEntropyLoss(
                settings.get("weight").isNull()
                    ? options
                    : options.weight(vector(settings.get("weight"))));
          }
          default -> throw new IllegalArgumentException(c.get("loss").asText());
        };
    Tensor out = loss.call(input, target);
    assertArrayEquals(doubles(c.get("out")), out.doubleArray(), TOLERANCE);
    out.sum().backward();
    Tensor grad = input.grad();
    assertTrue(grad != null);
    assertArrayEquals(doubles(c.get("grad")), grad.doubleArray(), TOLERANCE);
  }

  private static double[] doubles(JsonNode list) {
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).asDouble();
    }
    return values;
  }

  private static Tensor vector(JsonNode list) {
    return Tensor.tensor(doubles(list));
  }

  private static Tensor tensor(JsonNode values, JsonNode shape) {
    long[] sizes = new long[shape.size()];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = shape.get(d).asLong();
    }
    return vector(values).view(sizes);
  }

  @Test
  void aClassThatDoesNotExistIsRefused() {
    Tensor logits = Tensor.zeros(2, 3);
    TensorIndexException e =
        assertThrows(
            TensorIndexException.class,
            () -> Functional.crossEntropy(logits, Tensor.tensor(0L, 3L)));
    assertTrue(String.valueOf(e.getMessage()).contains("Target is out of bounds"), e::getMessage);
  }

  @Test
  void targetsOfAnotherShapeAreRefused() {
    assertThrows(
        ShapeException.class,
        () -> Functional.crossEntropy(Tensor.zeros(2, 3), Tensor.tensor(0L, 1L, 2L)));
    assertThrows(
        ShapeException.class,
        () -> new BCEWithLogitsLoss().call(Tensor.zeros(2, 3), Tensor.zeros(3)));
  }

  @Test
  void weightsThatDoNotFitTheInputAreRefused() {
    Tensor logits = Tensor.zeros(2, 3);
    Tensor classes = Tensor.tensor(0L, 1L);
    CrossEntropyLoss.Options four = CrossEntropyLoss.Options.DEFAULT.weight(Tensor.ones(4));
    assertThrows(ShapeException.class, () -> Functional.crossEntropy(logits, classes, four));
    CrossEntropyLoss.Options wide =
        CrossEntropyLoss.Options.DEFAULT.weight(Tensor.ones(3).to(DType.F64));
    assertThrows(DTypeException.class, () -> Functional.crossEntropy(logits, classes, wide));
    CrossEntropyLoss.Options learnt =
        CrossEntropyLoss.Options.DEFAULT.weight(Tensor.ones(3).requiresGrad_());
    assertThrows(AutogradException.class, () -> Functional.crossEntropy(logits, classes, learnt));
  }

  @Test
  void aMeanOfNothingIsNaNAndHasNoGradient() {
    Tensor logits = Tensor.randn(2, 3).requiresGrad_();
    Tensor loss = Functional.crossEntropy(logits, Tensor.tensor(-100L, -100L));
    loss.backward();
    assertTrue(Double.isNaN(loss.item().doubleValue()));
    Tensor gradient = logits.grad();
    assertTrue(gradient != null && gradient.abs().sum().item().doubleValue() == 0);
  }

  @Test
  void aLossThatIsNaNStaysNaN() {
    Tensor logits = Tensor.tensor(Float.NaN, 1f, 2f).view(1, 3).requiresGrad_();
    Tensor loss = Functional.crossEntropy(logits, Tensor.tensor(1L).view(1));
    assertTrue(Double.isNaN(loss.item().doubleValue()));
  }
}
