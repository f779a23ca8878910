package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.golden.GoldenCase.Form;
import io.gradus.golden.GoldenCase.Inputs;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;

/** Calls that raise: ours must raise too, the right kind, and leave the operands alone. */
final class ErrorCheck {
  private final OperationRegistry operations;
  private final GoldenCase golden;

  ErrorCheck(OperationRegistry operations, GoldenCase golden) {
    this.operations = operations;
    this.golden = golden;
  }

  /** The exceptions that stand for one of Python's; the others may be any of ours. */
  static List<Class<? extends TensorException>> counterparts(String error) {
    return switch (error) {
      case "IndexError" -> List.of(TensorIndexException.class);
      case "ValueError" ->
          List.of(InvalidArgumentException.class, ShapeException.class, DTypeException.class);
      case "_LinAlgError" -> List.of(NumericalException.class);
      default -> List.of(TensorException.class);
    };
  }

  /**
   * Whether one of our errors is the one that stands for Python's.
   *
   * <p>Python's {@code IndexError} also tells that an operand has not the dimensions that an
   * operation needs; that is a matter of shapes here.
   */
  static boolean isCounterpart(JsonNode json, TensorException e) {
    String error = json.get("error").textValue();
    return counterparts(error).stream().anyMatch(c -> c.isInstance(e))
        || error.equals("IndexError")
            && json.get("message").textValue().startsWith("Dimension ")
            && e instanceof ShapeException;
  }

  void run() {
    JsonNode json = golden.json();
    String error = json.get("error").textValue();
    String expected = error + ": " + json.get("message").textValue();
    Inputs inputs = golden.inputs(Form.ORIGINAL, true);
    Object result;
    try {
      result = operations.call(golden.operation(), inputs.arguments());
      // a device that computes later tells of bad indices then
      GoldenValues.device().synchronize();
    } catch (TensorException e) {
      assertTrue(isCounterpart(json, e), "raised " + e + " for " + expected);
      Inputs before = golden.inputs(Form.ORIGINAL, true);
      for (int i = 0; i < before.tensors().size(); i++) {
        GoldenComparison.same(
            "argument " + i + " after the error", before.tensors().get(i), inputs.tensors().get(i));
      }
      return;
    } catch (NoOverloadException e) {
      if (error.equals("TypeError")) {
        throw new InexpressibleException(expected);
      }
      throw e;
    } catch (NullPointerException | ClassCastException e) {
      if (error.equals("TypeError")) {
        throw new InexpressibleException(expected);
      }
      throw e;
    }
    fail("no error, for " + expected + " but " + shortly(result));
  }

  private static String shortly(Object result) {
    String text =
        GoldenCase.tensors(result).stream()
            .map(t -> t.dtype() + "" + t.shape())
            .toList()
            .toString();
    return text.length() > 80 ? text.substring(0, 80) : text;
  }
}
