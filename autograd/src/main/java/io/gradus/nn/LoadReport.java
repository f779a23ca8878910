package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.error.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the names and shapes of a saved state compare with those of a module.
 *
 * @param missing names that the module has and the state has not
 * @param unexpected names that the state has and the module has not
 * @param misshapen entries with both shapes
 */
public record LoadReport(List<String> missing, List<String> unexpected, List<String> misshapen) {
  static LoadReport compare(Map<String, Tensor> own, Map<String, ? extends Tensor> given) {
    List<String> missing = new ArrayList<>();
    List<String> unexpected = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    own.forEach(
        (name, target) -> {
          Tensor source = given.get(name);
          if (source == null) {
            missing.add(name);
          } else if (!source.shape().equals(target.shape())) {
            misshapen.add(
                "%s: the state has shape %s, the module %s"
                    .formatted(name, source.shape(), target.shape()));
          }
        });
    for (String name : given.keySet()) {
      if (!own.containsKey(name)) {
        unexpected.add(name);
      }
    }
    return new LoadReport(List.copyOf(missing), List.copyOf(unexpected), List.copyOf(misshapen));
  }

  /** Whether everything matched. */
  public boolean isEmpty() {
    return missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty();
  }

  void throwIfUnusable(String module, boolean strict) {
    StringBuilder text = new StringBuilder();
    if (strict && !missing.isEmpty()) {
      text.append("\n  Missing key(s) in state_dict: ").append(String.join(", ", missing));
    }
    if (strict && !unexpected.isEmpty()) {
      text.append("\n  Unexpected key(s) in state_dict: ").append(String.join(", ", unexpected));
    }
    for (String m : misshapen) {
      text.append("\n  size mismatch for ").append(m);
    }
    if (!text.isEmpty()) {
      throw new FormatException(
          "[loadStateDict] Error(s) in loading state_dict for " + module + ":" + text);
    }
  }
}
