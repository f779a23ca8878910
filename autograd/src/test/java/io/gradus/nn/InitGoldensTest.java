package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.TensorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What parameters start as, against PyTorch: exactly, or by the property that is random. */
class InitGoldensTest {
  private static JsonNode all;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(InitGoldensTest.class.getResourceAsStream("init.json.gz")))) {
      all = new ObjectMapper().readTree(in);
    }
  }

  private static Tensor empty(JsonNode c) {
    long[] shape = new long[c.get("shape").size()];
    for (int d = 0; d < shape.length; d++) {
      shape[d] = c.get("shape").get(d).asLong();
    }
    return Tensor.full(Options.dtype(DType.F64), shape, Double.NaN);
  }

  private static Init.Nonlinearity nonlinearity(String name) {
    return name.startsWith("conv")
        ? Init.Nonlinearity.LINEAR
        : Init.Nonlinearity.valueOf(name.toUpperCase(Locale.ROOT));
  }

  @Test
  void gains() {
    for (JsonNode c : all.get("gains")) {
      double slope = c.get("param").isNull() ? 0.01 : c.get("param").asDouble();
      assertEquals(
          c.get("gain").asDouble(),
          Init.gain(nonlinearity(c.get("nonlinearity").asText()), slope),
          1e-15,
          c.toString());
    }
  }

  @Test
  void fans() {
    for (JsonNode c : all.get("fans")) {
      assertEquals(c.get("fan_in").asLong(), Init.fan(empty(c), Init.Fan.IN));
      assertEquals(c.get("fan_out").asLong(), Init.fan(empty(c), Init.Fan.OUT));
    }
  }

  /** The largest of 4,000 draws comes near the bound; their deviation near the deviation. */
  @Test
  void scales() {
    for (JsonNode c : all.get("scaled")) {
      Tensor one = empty(c);
      Tensor[] draws = new Tensor[(int) (4000 / one.numel()) + 1];
      for (int i = 0; i < draws.length; i++) {
        draws[i] = scaled(c, one).clone().reshape(-1);
      }
      Tensor sample = Tensor.cat(List.of(draws));
      if (c.has("bound")) {
        double bound = c.get("bound").asDouble();
        double largest = sample.abs().max().item().doubleValue();
        assertTrue(largest <= bound && largest > 0.99 * bound, c + ": " + largest);
      } else {
        // Of a deviation from 4,000 draws one in a million is off by more than 5.5 %.
        double std = c.get("std").asDouble();
        assertEquals(std, sample.std().item().doubleValue(), 0.06 * std, c.toString());
      }
    }
  }

  private static Tensor scaled(JsonNode c, Tensor t) {
    Init.Fan fan = c.path("mode").asText().equals("fan_out") ? Init.Fan.OUT : Init.Fan.IN;
    double a = c.path("a").asDouble();
    return switch (c.get("init").asText()) {
      case "xavier_normal_" -> Init.xavierNormal_(t, c.get("gain").asDouble());
      case "xavier_uniform_" -> Init.xavierUniform_(t, c.get("gain").asDouble());
      case "kaiming_normal_" ->
          Init.kaimingNormal_(t, a, fan, nonlinearity(c.get("nonlinearity").asText()));
      case "kaiming_uniform_" ->
          Init.kaimingUniform_(t, a, fan, nonlinearity(c.get("nonlinearity").asText()));
      default -> throw new IllegalArgumentException(c.toString());
    };
  }

  @Test
  void exactValues() {
    for (JsonNode c : all.get("exact")) {
      assertArrayEquals(values(c.get("out")), exact(c, empty(c)).doubleArray(), c.toString());
    }
  }

  private static Tensor exact(JsonNode c, Tensor t) {
    return switch (c.get("init").asText()) {
      case "eye_" -> Init.eye_(t);
      case "constant_" -> Init.constant_(t, c.get("kwargs").get("val").asDouble());
      case "ones_" -> Init.ones_(t);
      case "zeros_" -> Init.zeros_(t);
      case "dirac_" -> Init.dirac_(t, c.get("kwargs").path("groups").asInt(1));
      case "xavier_uniform_" -> Init.xavierUniform_(t, 1);
      case "xavier_normal_" -> Init.xavierNormal_(t, 1);
      case "kaiming_normal_" ->
          Init.kaimingNormal_(t, 0, Init.Fan.IN, Init.Nonlinearity.LEAKY_RELU);
      case "orthogonal_" -> Init.orthogonal_(t, 1);
      case "sparse_" -> Init.sparse_(t, c.get("kwargs").get("sparsity").asDouble(), 0.01);
      default -> throw new IllegalArgumentException(c.toString());
    };
  }

  private static double[] values(JsonNode node) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(node.get("t").get("data").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.remaining() / 8];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  @Test
  void properties() {
    for (JsonNode c : all.get("properties")) {
      switch (c.get("init").asText()) {
        case "orthogonal_" -> orthogonal(c);
        case "sparse_" -> sparse(c);
        case "trunc_normal_" -> truncated(c);
        default -> throw new IllegalArgumentException(c.toString());
      }
    }
  }

  private static void orthogonal(JsonNode c) {
    double gain = c.get("gain").asDouble();
    Tensor w = Init.orthogonal_(empty(c), gain).flatten(1, -1);
    Tensor product = w.size(0) <= w.size(1) ? w.matmul(w.t()) : w.t().matmul(w);
    Tensor expected = Tensor.eye(product.size(0)).to(DType.F64).mul(gain * gain);
    assertTrue(product.sub(expected).abs().max().item().doubleValue() < 1e-12, product::toString);
  }

  private static void sparse(JsonNode c) {
    Tensor t = Init.sparse_(empty(c), c.get("sparsity").asDouble(), 0.01);
    Tensor zeros = t.eq(0).sum(0);
    for (int i = 0; i < zeros.numel(); i++) {
      assertEquals(c.get("zeros_per_column").get(i).asLong(), zeros.longArray()[i], c.toString());
    }
  }

  private static void truncated(JsonNode c) {
    double from = c.get("a").asDouble();
    double to = c.get("b").asDouble();
    Tensor t =
        Init.truncNormal_(
            Tensor.empty(Options.dtype(DType.F64), 4000),
            c.get("mean").asDouble(),
            c.get("std").asDouble(),
            from,
            to);
    assertTrue(t.ge(from).logicalAnd(t.le(to)).all().item().doubleValue() == 1, c.toString());
    assertTrue(t.std().item().doubleValue() > 0.4 * c.get("std").asDouble(), c.toString());
  }

  @Test
  void errorsSayWhatPyTorchSays() {
    int checked = 0;
    for (JsonNode c : all.get("errors")) {
      JsonNode kwargs = c.get("kwargs");
      if (kwargs.has("mode") || kwargs.has("nonlinearity")) {
        continue; // Enums here: there is no such value.
      }
      TensorException e =
          assertThrows(TensorException.class, () -> exact(c, empty(c)), c.toString());
      assertTrue(e.getMessage().contains(c.get("message").asText()), e.getMessage());
      checked++;
    }
    assertEquals(8, checked);
  }
}
