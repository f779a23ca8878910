package io.gradus.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** One call: its arguments, built anew for each run, and their tensors in flattened order. */
record GoldenCase(JsonNode json) {
  /** Where the operands lie in memory. */
  enum Form {
    /** With the strides of the sample. */
    ORIGINAL,
    /** In row-major order. */
    CONTIGUOUS
  }

  /** The arguments of one run. */
  record Inputs(Arguments arguments, List<Tensor> tensors) {}

  /** The name of the operation. */
  String operation() {
    return json.get("op").textValue();
  }

  /** The group of samples. */
  String variant() {
    return json.path("variant").asText();
  }

  /** A name for the case that depends on all of it and on nothing else. */
  String id() {
    return id(json);
  }

  static String id(JsonNode json) {
    CRC32 sum = new CRC32();
    sum.update(json.toString().getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }

  /** Builds the arguments. */
  Inputs inputs(Form form, boolean requiresGrad) {
    List<Tensor> tensors = new ArrayList<>();
    List<@Nullable Object> positional = new ArrayList<>();
    for (JsonNode n : json.get("args")) {
      positional.add(argument(GoldenValues.decode(n), form, requiresGrad, tensors));
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> e : json.path("kwargs").properties()) {
      named.put(
          e.getKey(), argument(GoldenValues.decode(e.getValue()), form, requiresGrad, tensors));
    }
    return new Inputs(new Arguments(positional, named), tensors);
  }

  private static @Nullable Object argument(
      @Nullable Object v, Form form, boolean requiresGrad, List<Tensor> tensors) {
    if (v instanceof List<?> list) {
      List<@Nullable Object> all = new ArrayList<>();
      for (Object part : list) {
        all.add(argument(part, form, requiresGrad, tensors));
      }
      return all;
    }
    if (!(v instanceof Tensor t)) {
      return v;
    }
    Tensor made = t;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      if (form == Form.CONTIGUOUS && (!t.isContiguous() || t.storageOffset() != 0)) {
        made = t.detach().cloneContiguous();
      } else if (t.requiresGrad()) {
        made = t.detach();
      }
    }
    if (requiresGrad && t.requiresGrad()) {
      made.requiresGrad_();
    }
    tensors.add(made);
    return made;
  }

  /** The tensors in a result, in flattened order. */
  static List<Tensor> tensors(@Nullable Object result) {
    List<Tensor> all = new ArrayList<>();
    collect(result, all);
    return all;
  }

  private static void collect(@Nullable Object v, List<Tensor> all) {
    if (v instanceof Tensor t) {
      all.add(t);
    } else if (v instanceof List<?> list) {
      list.forEach(x -> collect(x, all));
    }
  }
}
