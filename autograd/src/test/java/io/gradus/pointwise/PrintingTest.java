package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.graph.Record;
import io.gradus.print.PrintOptions;
import io.gradus.print.TensorPrinter;
import io.gradus.tensor.dtype.DType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class PrintingTest {
  @Test
  @DisplayName("S9 tensors print as in PyTorch, character by character")
  void printsAsPyTorch() {
    for (JsonNode record : GoldenRecords.read("printing.jsonl.gz")) {
      JsonNode dtype = record.get("default_dtype");
      Tensor.setDefaultDtype(
          dtype == null
              ? DType.F32
              : GoldenValue.dtype(dtype.path("dtype").asText(dtype.asText())));
      try {
        Tensor t = GoldenValue.tensor(record.get("tensor").get("t"));
        if (record.has("grad_fn")) {
          Tensor leaf = Tensor.ones(1).requiresGrad_();
          t = t.detach();
          Record.rule(record.get("grad_fn").asText(), t, leaf, (g, s, needs) -> new Tensor[1]);
        }
        assertEquals(
            record.get("text").asText(),
            TensorPrinter.print(t, options(record.get("options"))),
            record.toString());
      } finally {
        Tensor.setDefaultDtype(DType.F32);
      }
    }
  }

  private static PrintOptions options(JsonNode o) {
    PrintOptions p =
        switch (o.path("profile").asText()) {
          case "short" -> PrintOptions.SHORT;
          case "full" -> PrintOptions.FULL;
          default -> PrintOptions.DEFAULT;
        };
    p = o.has("precision") ? p.withPrecision(o.get("precision").asInt()) : p;
    p = o.has("edgeitems") ? p.withEdgeitems(o.get("edgeitems").asInt()) : p;
    p = o.has("linewidth") ? p.withLinewidth(o.get("linewidth").asInt()) : p;
    if (o.has("threshold")) {
      JsonNode most = o.get("threshold");
      p = p.withThreshold(most.isNumber() ? most.asLong() : Long.MAX_VALUE);
    }
    return o.path("sci_mode").isBoolean() ? p.withSciMode(o.get("sci_mode").asBoolean()) : p;
  }

  @Test
  @DisplayName("S9 printing options can be set and put back")
  void optionsCanBeSet() {
    Tensor t = Tensor.tensor(1.23456f, 2);
    PrintOptions before = PrintOptions.set(PrintOptions.DEFAULT.withPrecision(2));
    try {
      assertEquals("tensor([1.23, 2.00])", t.toString());
    } finally {
      PrintOptions.set(before);
    }
    assertEquals("tensor([1.2346, 2.0000])", t.toString());
  }

  @Test
  @DisplayName("S9 a parameter says so, a leaf its flag, a result its node")
  void suffixes() {
    Tensor p = new Parameter(Tensor.ones(2));
    assertEquals("Parameter containing:\ntensor([1., 1.], requires_grad=True)", p.toString());
    assertEquals("tensor([2., 2.], grad_fn=<AddBackward0>)", p.add(p).toString());
    assertEquals(
        "tensor([[4.5000, 4.5000],\n        [4.5000, 4.5000]])",
        Tensor.full(new long[] {2, 2}, 4.5).toString());
  }
}
