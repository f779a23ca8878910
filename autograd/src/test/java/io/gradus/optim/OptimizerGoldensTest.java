package io.gradus.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gradus.Tensor;
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

  private static final List<String> KNOWN = List.of("SGD", "Adam", "AdamW");

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

  /** The cases of the optimizers that exist, with all settings in force as {@code defaults}. */
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
      if (KNOWN.contains(optimizer)) {
        cases.add(c);
      }
    }
    return cases;
  }

  @Test
  void everyCaseOfTheOptimizersThatExistIsRun() throws IOException {
    assertEquals(27, cases().size());
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
    Optimizer<?> optimizer = make(c, parameters);
    for (int step = 0; step < c.get("gradients").size(); step++) {
      for (int k = 0; k < parameters.size(); k++) {
        JsonNode g = c.get("gradients").get(step).get(k);
        parameters.get(k).setGrad(g.isNull() || isMissing(c, step, k) ? null : tensor(g));
      }
      optimizer.step();
      for (int k = 0; k < parameters.size(); k++) {
        assertArrayEquals(
            tensor(c.get("steps").get(step).get(k)).doubleArray(),
            parameters.get(k).doubleArray(),
            TOLERANCE,
            "parameter " + k + " after step " + step);
      }
    }
  }

  private static boolean isMissing(JsonNode c, int step, int parameter) {
    for (JsonNode pair : c.path("missing")) {
      if (pair.get(0).asInt() == step && pair.get(1).asInt() == parameter) {
        return true;
      }
    }
    return false;
  }

  private static Optimizer<?> make(JsonNode c, List<Tensor> parameters) {
    return switch (c.get("optimizer").asText()) {
      case "SGD" -> group(c, parameters, OptimizerGoldensTest::sgd, SGD::new);
      case "Adam" -> group(c, parameters, OptimizerGoldensTest::adam, Adam::new);
      case "AdamW" -> group(c, parameters, OptimizerGoldensTest::adam, AdamW::new);
      default -> throw new IllegalArgumentException(c.get("optimizer").asText());
    };
  }

  private static <O extends Optimizer.Options<O>> Optimizer<O> group(
      JsonNode c,
      List<Tensor> parameters,
      java.util.function.Function<Settings, O> options,
      java.util.function.BiFunction<List<Tensor>, O, Optimizer<O>> make) {
    Optimizer<O> optimizer =
        make.apply(parameters.subList(0, 1), options.apply(new Settings(c, 0)));
    for (int k = 1; k < parameters.size(); k++) {
      optimizer.addGroup(parameters.subList(k, k + 1), options.apply(new Settings(c, k)));
    }
    return optimizer;
  }

  /** The settings in force for one parameter. */
  private record Settings(JsonNode c, int parameter) {
    JsonNode get(String name) {
      JsonNode own = c.path("groups").path(parameter).path(name);
      return own.isMissingNode() ? c.get("defaults").path(name) : own;
    }

    double number(String name) {
      return get(name).asDouble();
    }

    boolean flag(String name) {
      return get(name).asBoolean();
    }
  }

  private static SGD.Options sgd(Settings s) {
    return new SGD.Options(
        s.number("lr"),
        s.number("momentum"),
        s.number("dampening"),
        s.number("weight_decay"),
        s.flag("nesterov"),
        s.flag("maximize"));
  }

  private static AdamOptions adam(Settings s) {
    JsonNode betas = s.get("betas").isArray() ? s.get("betas") : s.get("betas").get("list");
    return new AdamOptions(
        s.number("lr"),
        betas.get(0).asDouble(),
        betas.get(1).asDouble(),
        s.number("eps"),
        s.number("weight_decay"),
        s.flag("amsgrad"),
        s.flag("maximize"));
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
