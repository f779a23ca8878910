package io.gradus.golden.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Autograd;
import io.gradus.GradOptions;
import io.gradus.Tensor;
import io.gradus.golden.Arguments;
import io.gradus.golden.GoldenComparison;
import io.gradus.golden.GoldenValues;
import io.gradus.golden.InexpressibleException;
import io.gradus.nn.Module;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One case of a module: names of its state, outputs, gradients, and its state afterwards. */
public final class ModuleCheck {
  private final JsonNode json;

  /** A case as the file has it. */
  public ModuleCheck(JsonNode json) {
    this.json = json;
  }

  private static Arguments arguments(JsonNode node) {
    List<@Nullable Object> positional = new ArrayList<>();
    node.get("args").forEach(a -> positional.add(GoldenValues.decode(a)));
    Map<String, @Nullable Object> named = new HashMap<>();
    node.get("kwargs").properties().forEach(e -> named.put(e.getKey(), decode(e.getValue())));
    return new Arguments(positional, named);
  }

  private static @Nullable Object decode(JsonNode node) {
    return GoldenValues.decode(node);
  }

  private Made make() {
    String name = json.get("module").textValue();
    Settings settings = new Settings(arguments(json.get("constructor")));
    Made made = LossModules.make(name, settings);
    made = made != null ? made : SequenceModules.make(name, settings);
    made = made != null ? made : SpatialLayers.make(name, settings);
    made = made != null ? made : PlainLayers.make(name, settings);
    if (made == null) {
      throw new InexpressibleException("no module " + name);
    }
    return made;
  }

  /** Compares all that the case has. */
  public void run() {
    Made made = make();
    Module module = made.module();
    module.to(GoldenValues.dtype(json.get("dtype").textValue()));
    module.to(GoldenValues.device());
    module.train(json.get("training").booleanValue());
    Map<String, Tensor> state = new LinkedHashMap<>();
    json.get("state")
        .properties()
        .forEach(e -> state.put(e.getKey(), GoldenValues.tensor(e.getValue())));
    assertEquals(
        List.copyOf(state.keySet()),
        List.copyOf(module.stateDict().keySet()),
        "names of the state");
    List<String> parameters = new ArrayList<>();
    json.get("parameters").forEach(p -> parameters.add(p.textValue()));
    assertEquals(
        parameters, List.copyOf(module.namedParameters().keySet()), "names of the parameters");
    module.loadStateDict(state);
    Arguments forward = arguments(json.get("forward"));
    Object result = made.forward().apply(forward);
    GoldenComparison.same("result", GoldenValues.decode(json.get("out")), result);
    gradients(forward, flat(result), module);
    state.forEach(
        (name, before) -> {
          JsonNode after = json.path("state_after").path(name);
          GoldenComparison.same(
              "state " + name,
              after.isMissingNode() ? before : GoldenValues.tensor(after),
              module.stateDict().get(name));
        });
  }

  private void gradients(Arguments forward, List<Tensor> results, Module module) {
    List<Tensor> given = new ArrayList<>();
    forward.positional().forEach(a -> given.addAll(flat(a)));
    json.get("forward")
        .get("kwargs")
        .properties()
        .forEach(e -> given.addAll(flat(forward.named().get(e.getKey()))));
    List<Tensor> wanted = new ArrayList<>();
    json.get("inputs").forEach(i -> wanted.add(given.get(i.intValue())));
    int inputs = wanted.size();
    wanted.addAll(module.parameters());
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      JsonNode c = json.get("cotangents").path(i);
      if (c.has("t") && results.get(i).requiresGrad()) {
        outputs.add(results.get(i));
        cotangents.add(GoldenValues.tensor(c));
      }
    }
    List<@Nullable Tensor> found =
        outputs.isEmpty() || wanted.isEmpty()
            ? Collections.nCopies(wanted.size(), null)
            : Autograd.grad(
                outputs,
                wanted,
                GradOptions.DEFAULT.allowUnused(true).gradOutputs(new ArrayList<>(cotangents)));
    for (int i = 0; i < inputs; i++) {
      one("gradient of input " + i, json.get("input_grads").get(i), found.get(i));
    }
    int next = inputs;
    for (String name : module.namedParameters().keySet()) {
      one("gradient of " + name, json.get("parameter_grads").path(name), found.get(next++));
    }
  }

  private static List<Tensor> flat(@Nullable Object value) {
    List<Tensor> all = new ArrayList<>();
    if (value instanceof Tensor t) {
      all.add(t);
    } else if (value instanceof List<?> list) {
      list.forEach(v -> all.addAll(flat(v)));
    }
    return all;
  }

  /**
   * No gradient and a gradient of zeros are the same.
   *
   * <p>Gradients of f32 are sums in which PyTorch itself loses digits (of attention up to 3e-5):
   * they are measured against the largest element, not each by itself.
   */
  private static void one(String what, JsonNode expected, @Nullable Tensor found) {
    if (expected.has("t") && found != null) {
      Tensor e = GoldenValues.tensor(expected);
      double least = 0;
      if (e.dtype() == DType.F32) {
        for (double x : e.doubleArray()) {
          least = Double.isFinite(x) ? Math.max(least, 2e-5 * Math.abs(x)) : least;
        }
      }
      GoldenComparison.same(what, e, found, least);
      return;
    }
    Tensor other = expected.has("t") ? GoldenValues.tensor(expected) : found;
    if (other != null) {
      for (double x : other.doubleArray()) {
        assertTrue(x == 0, what + ": only one side has a gradient, of " + x);
      }
    }
  }
}
