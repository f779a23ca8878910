package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.Category;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.dtype.Promotion;
import io.gradus.tensor.error.TensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PromotionTest {
  private static final OperationRegistry OPERATIONS = OperationRegistry.core();

  private static final Map<String, String> REVERSED =
      Map.of(
          "add",
          "add",
          "mul",
          "mul",
          "sub",
          "rsub",
          "div",
          "rdiv",
          "pow",
          "rpow",
          "bitwise_and",
          "bitwise_and",
          "maximum",
          "maximum",
          "atan2",
          "atan2");

  /** Operations that do not exist yet. */
  private static final List<String> ABSENT = List.of("var", "norm", "median");

  @TestFactory
  @DisplayName("S6.2 operations of two operands give PyTorch's dtype for every pair of dtypes")
  Stream<DynamicTest> binary() {
    return cases("binary")
        .map(c -> dynamicTest(operand(c.get("a")) + ", " + operand(c.get("b")), () -> pair(c)));
  }

  @TestFactory
  @DisplayName("S6.2 operations of one operand give PyTorch's dtype for every dtype")
  Stream<DynamicTest> unary() {
    return cases("unary").map(c -> dynamicTest(c.get("type").textValue(), () -> single(c)));
  }

  private static Stream<JsonNode> cases(String kind) {
    return StreamSupport.stream(GoldenFiles.whole("promotion.json").get(kind).spliterator(), false);
  }

  static void pair(JsonNode c) {
    if (c.has("promote_types")) {
      DType a = GoldenValues.dtype(c.get("a").get("type").textValue());
      DType b = GoldenValues.dtype(c.get("b").get("type").textValue());
      assertEquals(GoldenValues.dtype(c.get("promote_types").textValue()), Promotion.promote(a, b));
      assertEquals(c.get("can_cast").booleanValue(), Promotion.canCast(a, b));
    }
    assertEquals(GoldenValues.dtype(c.get("result_type").textValue()), resultType(c));
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> e : c.get("ops").properties()) {
      List<@Nullable Object> arguments = new ArrayList<>();
      if (isBool(c.get("a")) || isBool(c.get("b"))) {
        // Python's True as a number has no counterpart in Java.
        continue;
      }
      arguments.add(value(c.get("a")));
      if (e.getKey().equals("where")) {
        arguments.add(Tensor.tensor(1L).to(DType.BOOL));
      }
      arguments.add(value(c.get("b")));
      compare(e, arguments, wrong);
    }
    assertEquals(List.of(), wrong);
  }

  private static boolean isBool(JsonNode operand) {
    return operand.get("kind").textValue().equals("number")
        && operand.get("type").textValue().equals("bool");
  }

  private static DType resultType(JsonNode c) {
    DType[] kinds = new DType[3];
    for (JsonNode o : List.of(c.get("a"), c.get("b"))) {
      String type = o.get("type").textValue();
      int k =
          switch (o.get("kind").textValue()) {
            case "tensor" -> 0;
            case "scalar" -> 1;
            default -> 2;
          };
      DType dtype =
          switch (type) {
            case "bool" -> DType.BOOL;
            case "int" -> Promotion.ofNumber(Category.INT);
            case "float" -> Promotion.ofNumber(Category.FLOAT);
            default -> GoldenValues.dtype(type);
          };
      kinds[k] = Promotion.promoteNullable(kinds[k], dtype);
    }
    return Promotion.resultType(kinds[0], kinds[1], kinds[2]);
  }

  static void single(JsonNode c) {
    List<String> wrong = new ArrayList<>();
    DType dtype = GoldenValues.dtype(c.get("type").textValue());
    for (Map.Entry<String, JsonNode> e : c.get("ops").properties()) {
      List<@Nullable Object> arguments = new ArrayList<>();
      arguments.add(Tensor.tensor(1L, 1, 1).to(dtype));
      if (List.of("cumsum", "softmax", "logsumexp").contains(e.getKey())) {
        arguments.add(0L);
      }
      compare(e, arguments, wrong);
    }
    assertEquals(List.of(), wrong);
  }

  private static void compare(
      Map.Entry<String, JsonNode> e, List<@Nullable Object> arguments, List<String> wrong) {
    JsonNode expected = e.getValue();
    // A number first: the tensor's reversed operation, where there is one. What fails to bind in
    // Python does not compile in Java.
    boolean reversed = arguments.get(0) instanceof Number && !e.getKey().equals("where");
    String name = reversed ? REVERSED.get(e.getKey()) : e.getKey();
    if (name == null || expected.path("error").asText().equals("TypeError")) {
      return;
    }
    Arguments given = new Arguments(reversed ? arguments.reversed() : arguments, Map.of());
    String dtype;
    try {
      Object result = OPERATIONS.call(name, given);
      Object first = result instanceof List<?> list ? list.get(0) : result;
      dtype = first instanceof Tensor t ? GoldenValues.name(t.dtype()) : String.valueOf(first);
    } catch (TensorException x) {
      dtype = "an error";
    } catch (UnsupportedOperationException x) {
      if (ABSENT.contains(name)) {
        return;
      }
      dtype = "nothing: " + x.getMessage();
    }
    String right = expected.isObject() ? "an error" : expected.textValue();
    if (!dtype.equals(right)) {
      wrong.add(name + " gives " + dtype + " instead of " + right + " " + expected.path("message"));
    }
  }

  private static Object value(JsonNode operand) {
    String type = operand.get("type").textValue();
    return switch (operand.get("kind").textValue()) {
      case "number" ->
          switch (type) {
            case "bool" -> (Object) true;
            case "int" -> 2L;
            default -> 1.5;
          };
      case "scalar" -> Tensor.tensor(1L).view().to(GoldenValues.dtype(type));
      default -> Tensor.tensor(1L, 1).to(GoldenValues.dtype(type));
    };
  }

  private static String operand(JsonNode o) {
    return o.get("kind").textValue() + " " + o.get("type").textValue();
  }
}
