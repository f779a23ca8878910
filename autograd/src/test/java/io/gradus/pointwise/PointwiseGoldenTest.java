package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Autograd;
import io.gradus.GradOptions;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Values, dtypes, in-place forms and two orders of gradients against what PyTorch recorded. */
class PointwiseGoldenTest {
  @TestFactory
  @DisplayName("S6.3 pointwise operations give PyTorch's values, dtypes and gradients")
  Stream<DynamicTest> agreesWithPyTorch() {
    Map<String, List<JsonNode>> byOperation = new LinkedHashMap<>();
    for (JsonNode record : GoldenRecords.read("pointwise.jsonl.gz")) {
      byOperation.computeIfAbsent(record.get("op").asText(), op -> new ArrayList<>()).add(record);
    }
    return byOperation.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest("S6.3 " + e.getKey(), () -> checkAll(e.getValue())));
  }

  private static void checkAll(List<JsonNode> records) {
    for (JsonNode record : records) {
      String call = record.get("op").asText() + " " + record.get("args") + record.get("kwargs");
      List<Object> args = new ArrayList<>();
      record.get("args").forEach(a -> args.add(GoldenValue.argument(a)));
      Object result = PointwiseCalls.call(record.get("op").asText(), args, kwargs(record));
      assertNotNull(result, () -> "no such form: " + call);
      if (result instanceof Tensor t) {
        check(record.get("out"), t, 1, call);
        checkGradients(record, args, t, call);
      } else {
        assertEquals(GoldenValue.argument(record.get("out")), result, call);
      }
      if (record.path("inplace").asBoolean()) {
        checkInPlace(record, args, call + " in place");
      }
    }
  }

  private static Map<String, Object> kwargs(JsonNode record) {
    Map<String, Object> kwargs = new HashMap<>();
    record
        .get("kwargs")
        .fields()
        .forEachRemaining(f -> kwargs.put(f.getKey(), GoldenValue.argument(f.getValue())));
    return kwargs;
  }

  private static void checkInPlace(JsonNode record, List<Object> args, String call) {
    List<Object> fresh = new ArrayList<>();
    for (Object a : args) {
      fresh.add(a instanceof Tensor t ? t.detach() : a);
    }
    Tensor self = ((Tensor) fresh.getFirst()).clone();
    fresh.set(0, self);
    Object r = PointwiseCalls.call(record.get("op").asText(), fresh, kwargs(record), "_");
    assertSame(self, r, call);
    check(record.has("inplace_out") ? record.get("inplace_out") : record.get("out"), self, 1, call);
  }

  private static void checkGradients(JsonNode record, List<Object> args, Tensor out, String call) {
    JsonNode grad = record.get("grad");
    // Operands among the keyword arguments take no part here.
    if (grad == null || record.get("kwargs").toString().contains("\"t\"")) {
      return;
    }
    List<Tensor> operands =
        args.stream().filter(Tensor.class::isInstance).map(Tensor.class::cast).toList();
    List<Tensor> inputs = new ArrayList<>();
    grad.get("inputs").forEach(i -> inputs.add(operands.get(i.asInt())));
    Tensor cotangent =
        GoldenValue.tensor(grad.get("cotangents").get(0).get("t")).detach().requiresGrad_();
    GradOptions all = new GradOptions(List.of(cotangent), true, true, true, true);
    List<Tensor> grads = Autograd.grad(List.of(out), inputs, all);
    for (int i = 0; i < inputs.size(); i++) {
      check(grad.get("grads").get(i), grads.get(i), 10, call + " gradient " + i);
    }
    JsonNode second = record.get("gradgrad");
    if (second == null) {
      return;
    }
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> weights = new ArrayList<>();
    for (int i = 0; i < grads.size(); i++) {
      JsonNode w = second.get("cotangents").get(i);
      if (!w.isNull() && grads.get(i).requiresGrad()) {
        outputs.add(grads.get(i));
        weights.add(GoldenValue.tensor(w.get("t")));
      }
    }
    if (outputs.isEmpty()) {
      return;
    }
    List<Tensor> leaves = new ArrayList<>(inputs);
    leaves.add(cotangent);
    List<Tensor> seconds =
        Autograd.grad(outputs, leaves, new GradOptions(weights, true, false, true, true));
    for (int i = 0; i < inputs.size(); i++) {
      check(second.get("grads").get(i), seconds.get(i), 100, call + " second gradient " + i);
    }
    check(
        second.get("cotangent_grads").get(0),
        seconds.getLast(),
        100,
        call + " gradient of the cotangent");
  }

  /** JSON null stands for zeros. */
  private static void check(JsonNode expected, Tensor actual, double factor, String call) {
    double slack = factor * coarseness(call);
    if (expected.isNull()) {
      for (double v : actual.doubleArray()) {
        assertEquals(0, v, call);
      }
      return;
    }
    JsonNode t = expected.get("t");
    DType dtype = GoldenValue.dtype(t.get("dtype").asText());
    assertEquals(dtype, actual.dtype(), call);
    assertEquals(
        Arrays.toString(GoldenValue.longs(t.get("shape"))), actual.shape().toString(), call);
    if (!dtype.isFloating()) {
      assertTrue(
          Arrays.equals((long[]) GoldenValue.elements(t), actual.longArray()),
          () -> call + ": " + actual);
      return;
    }
    double[] want = (double[]) GoldenValue.elements(t);
    double[] got = actual.doubleArray();
    for (int i = 0; i < want.length; i++) {
      boolean same = want[i] == got[i] || Double.isNaN(want[i]) && Double.isNaN(got[i]);
      double error = Math.abs(want[i] - got[i]);
      if (!same && !(error <= slack * tolerance(dtype) * (1e-2 + Math.abs(want[i])))) {
        throw new AssertionError(
            "%s: element %d is %s, PyTorch has %s".formatted(call, i, got[i], want[i]));
      }
    }
  }

  /** How much less exact than its dtype PyTorch is: constants in f32, short series. */
  private static double coarseness(String call) {
    return call.startsWith("nn.functional.hardsigmoid") || call.startsWith("polygamma") ? 1e3 : 1;
  }

  private static double tolerance(DType dtype) {
    return switch (dtype) {
      case F64 -> 1e-10;
      case F32 -> 2e-6;
      // Composites of PyTorch round to halves in between, ours do not.
      case F16 -> 8e-3;
      case BF16 -> 5e-2;
      case U8, I8, I16, I32, I64, BOOL -> 0;
    };
  }
}
