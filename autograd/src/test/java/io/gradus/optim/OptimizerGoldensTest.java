package io.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The parameters after each of ten steps, against PyTorch's. */
class OptimizerGoldensTest {
  /** f64 steps of the same formula; only the order of a few roundings may differ. */
  private static final double TOLERANCE = 1e-12;

  /** Twenty products of vectors a step, of which the next depends on the last. */
  private static final double CLOSURE_TOLERANCE = 1e-7;

  /** Where an optimizer that was loaded takes over. */
  private static final int HALF_WAY = 5;

  private static List<JsonNode> lines() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        OptimizerGoldensTest.class.getResourceAsStream("optimizers.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(mapper.readTree(line));
      }
    }
    return lines;
  }

  /** The cases, with all settings in force as {@code defaults}. */
  private static List<JsonNode> cases() throws IOException {
    List<JsonNode> all = lines();
    Map<String, JsonNode> defaults = new HashMap<>();
    for (JsonNode c : all) {
      if (c.get("desc").asText().equals("default")) {
        defaults.put(c.get("optimizer").asText(), c.get("defaults"));
      }
    }
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode c : all) {
      String optimizer = c.get("optimizer").asText();
      if (!c.has("defaults") && defaults.containsKey(optimizer)) {
        // Cases with several groups name only what differs from the optimizer's own defaults.
        ObjectNode settings = defaults.get(optimizer).deepCopy();
        settings.setAll((ObjectNode) c.get("kwargs"));
        ((ObjectNode) c).set("defaults", settings);
      }
      cases.add(c);
    }
    return cases;
  }

  @Test
  void everyCaseIsRun() throws IOException {
    assertEquals(119, cases().size());
  }

  @TestFactory
  Stream<DynamicTest> stepsAsPyTorch() throws IOException {
    return cases().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("optimizer").asText() + " " + c.get("desc").asText(), () -> run(c)));
  }

  private static void run(JsonNode c) {
    List<Tensor> parameters = new ArrayList<>();
    for (JsonNode p : c.get("initial")) {
      parameters.add(tensor(p).requiresGrad_());
    }
    Optimizer<?> optimizer = Makers.make(c, parameters);
    for (int step = 0; step < c.get("steps").size(); step++) {
      if (step == HALF_WAY) {
        optimizer = resumed(optimizer, Makers.make(c, parameters));
      }
      if (c.has("closure")) {
        Tensor loss = optimizer.step(() -> loss(c, parameters));
        assertEquals(c.get("losses").get(step).asDouble(), loss.item().doubleValue(), 1e-9);
      } else {
        for (int k = 0; k < parameters.size(); k++) {
          JsonNode g = c.get("gradients").get(step).get(k);
          parameters.get(k).setGrad(g.isNull() || isMissing(c, step, k) ? null : tensor(g));
        }
        optimizer.step();
      }
      for (int k = 0; k < parameters.size(); k++) {
        assertArrayEquals(
            tensor(c.get("steps").get(step).get(k)).doubleArray(),
            parameters.get(k).doubleArray(),
            c.has("closure") ? CLOSURE_TOLERANCE : TOLERANCE,
            "parameter " + k + " after step " + step);
      }
    }
  }

  /** What goes on where another one stands. */
  @SuppressWarnings("unchecked")
  private static <O extends Optimizer.Options<O>> Optimizer<O> resumed(
      Optimizer<O> from, Optimizer<?> fresh) {
    Optimizer<O> to = (Optimizer<O>) fresh;
    to.loadStateDict(from.stateDict());
    return to;
  }

  /** A loss with a minimum that no step hits exactly; see the README of the golden data. */
  private static Tensor loss(JsonNode c, List<Tensor> parameters) {
    for (Tensor p : parameters) {
      p.setGrad(null);
    }
    Tensor squares = Tensor.full(Options.dtype(DType.F64), new long[0], 0);
    Tensor sum = squares;
    for (int k = 0; k < parameters.size(); k++) {
      Tensor p = parameters.get(k);
      Tensor distance = p.sub(tensor(c.get("closure").get("target").get(k)));
      squares = squares.add(distance.pow(2).mul(c.get("closure").get("scale").asDouble()).sum());
      sum = sum.add(p.sum());
    }
    Tensor loss = squares.add(sum.pow(2).mul(0.1)).add(parameters.get(0).pow(4).sum().mul(0.01));
    loss.backward();
    return loss;
  }

  private static boolean isMissing(JsonNode c, int step, int parameter) {
    for (JsonNode pair : c.path("missing")) {
      if (pair.get(0).asInt() == step && pair.get(1).asInt() == parameter) {
        return true;
      }
    }
    return false;
  }

  private static Tensor tensor(JsonNode node) {
    JsonNode t = node.get("t");
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(t.get("data").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.remaining() / 8];
    bytes.asDoubleBuffer().get(values);
    long[] shape = new long[t.get("shape").size()];
    for (int d = 0; d < shape.length; d++) {
      shape[d] = t.get("shape").get(d).asLong();
    }
    return Tensor.tensor(values).view(shape);
  }
}
