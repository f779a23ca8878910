package io.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Tensor;
import io.gradus.print.PrintOptions;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import java.util.Map;

/** The text of one tensor. */
final class PrintingCheck {
  private final JsonNode json;

  PrintingCheck(JsonNode json) {
    this.json = json;
  }

  void run() {
    Tensor t = GoldenValues.tensor(json.get("tensor"), Device.cpu());
    if (json.has("grad_fn")) {
      NamedNode.of(json.get("grad_fn").textValue()).computes(t);
    }
    PrintOptions before = PrintOptions.get();
    DType dtype = Tensor.defaultDtype();
    try {
      PrintOptions.set(options());
      if (json.has("default_dtype")) {
        Tensor.setDefaultDtype(GoldenValues.dtype(json.get("default_dtype").textValue()));
      }
      assertEquals(json.get("text").textValue(), t.toString());
    } finally {
      Tensor.setDefaultDtype(dtype);
      PrintOptions.set(before);
    }
  }

  private PrintOptions options() {
    PrintOptions options = PrintOptions.DEFAULT;
    for (Map.Entry<String, JsonNode> e : json.path("options").properties()) {
      JsonNode v = e.getValue();
      options =
          switch (e.getKey()) {
            case "profile" -> v.textValue().equals("full") ? PrintOptions.FULL : PrintOptions.SHORT;
            case "precision" -> options.withPrecision(v.intValue());
            case "threshold" -> options.withThreshold(v.longValue());
            case "edgeitems" -> options.withEdgeitems(v.intValue());
            case "linewidth" -> options.withLinewidth(v.intValue());
            case "sci_mode" -> options.withSciMode(v.booleanValue());
            default -> throw new UnsupportedOperationException("printing option " + e.getKey());
          };
    }
    return options;
  }
}
