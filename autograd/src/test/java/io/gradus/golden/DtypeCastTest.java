package io.gradus.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Tensor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DtypeCastTest {
  @TestFactory
  @DisplayName("S2.2 conversions between dtypes give PyTorch's values where those are defined")
  Stream<DynamicTest> casts() {
    return GoldenFiles.lines("dtype_cast.jsonl.gz").stream()
        .map(
            c ->
                dynamicTest(
                    c.get("dtype").textValue() + " to " + c.get("to").textValue(), () -> check(c)));
  }

  static void check(JsonNode c) {
    Tensor from = GoldenValues.tensor(c.get("in"));
    Tensor converted = from.to(GoldenValues.dtype(c.get("to").textValue()));
    JsonNode defined = c.get("defined");
    long[] kept =
        IntStream.range(0, defined.size())
            .filter(i -> defined.get(i).booleanValue())
            .asLongStream()
            .toArray();
    GoldenComparison.exact(
        "conversion",
        GoldenValues.tensor(c.get("out")),
        converted.indexSelect(0, Tensor.tensor(kept).to(GoldenValues.device())));
  }
}
