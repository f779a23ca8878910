package io.gradus.optim.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.Tensor;
import io.gradus.optim.SGD;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The learning rates before the first and after each of thirty steps, against PyTorch's. */
class SchedulerGoldensTest {
  /** The same formulas in double precision; a power or cosine may differ in its last bit. */
  private static final double TOLERANCE = 1e-14;

  private static List<JsonNode> cases() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        SchedulerGoldensTest.class.getResourceAsStream("schedulers.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(mapper.readTree(line));
      }
    }
    return lines;
  }

  private static SGD optimizer(JsonNode c) {
    SGD.Options options = SGD.Options.of(c.get("lr").get(0).asDouble()).momentum(0.9);
    SGD sgd = new SGD(List.of(Tensor.tensor(1.0).requiresGrad_()), options);
    sgd.addGroup(
        List.of(Tensor.tensor(2.0).requiresGrad_()), options.lr(c.get("lr").get(1).asDouble()));
    return sgd;
  }

  @Test
  void everyCaseIsRun() throws IOException {
    assertEquals(36, cases().size());
  }

  @TestFactory
  Stream<DynamicTest> ratesAsPyTorch() throws IOException {
    return cases().stream()
        .map(c -> DynamicTest.dynamicTest(c.get("scheduler").asText(), () -> run(c, false)));
  }

  @TestFactory
  Stream<DynamicTest> aSavedSchedulerGoesOn() throws IOException {
    return cases().stream()
        .map(c -> DynamicTest.dynamicTest(c.get("scheduler").asText(), () -> run(c, true)));
  }

  @Test
  void aRefusedStateChangesNothing() {
    SGD sgd = new SGD(List.of(Tensor.tensor(1.0).requiresGrad_()), 0.1);
    ReduceLROnPlateau scheduler = new ReduceLROnPlateau(sgd, ReduceLROnPlateau.Options.DEFAULT);
    Map<String, double[]> wrong = scheduler.stateDict();
    wrong.put("last_epoch", new double[] {5});
    wrong.put("best", new double[0]);
    assertThrows(InvalidArgumentException.class, () -> scheduler.loadStateDict(wrong));
    assertEquals(0, scheduler.epoch());
  }

  private static void run(JsonNode c, boolean reload) {
    SGD sgd = optimizer(c);
    LRScheduler scheduler = SchedulerCases.make(c, sgd);
    for (int i = 0; i < c.get("rates").size(); i++) {
      if (i > 0) {
        step(scheduler, c, i - 1);
      }
      if (reload && i == 7) {
        Map<String, double[]> saved = scheduler.stateDict();
        SGD other = optimizer(c);
        scheduler = SchedulerCases.make(c, other);
        other.loadStateDict(sgd.stateDict());
        scheduler.loadStateDict(saved);
        sgd = other;
      }
      JsonNode rates = c.get("rates").get(i);
      assertArrayEquals(
          new double[] {rates.get(0).asDouble(), rates.get(1).asDouble()},
          scheduler.lastLr(),
          TOLERANCE,
          "after step " + i);
      if (c.has("momenta")) {
        assertEquals(
            c.get("momenta").get(i).asDouble(),
            sgd.groups().get(0).options().momentum(),
            TOLERANCE,
            "momentum after step " + i);
      }
    }
  }

  private static void step(LRScheduler scheduler, JsonNode c, int i) {
    if (scheduler instanceof ReduceLROnPlateau plateau) {
      plateau.step(c.get("metrics").get(i).asDouble());
    } else {
      scheduler.step();
    }
  }
}
