package io.gradus.train;

import io.gradus.tensor.error.FormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of a checkpoint, which may hold anything. */
record Notes(Path file, Map<String, String> texts) {
  /** A number under a name. */
  double number(String name) {
    return number(name, texts.get(name));
  }

  private double number(String name, @Nullable String text) {
    if (text == null) {
      throw new FormatException(
          "[Trainer] %s has no %s: it was not saved by a trainer, choose another file"
              .formatted(file, name));
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new FormatException("[Trainer] %s: %s is %s".formatted(file, name, clip(text)), e);
    }
  }

  /** A whole number from 0 on. */
  long count(String name, long most) {
    double value = number(name);
    if (!(value >= 0 && value <= most && value == Math.rint(value))) {
      throw new FormatException(
          "[Trainer] %s: %s is %s, expected a whole number from 0 to %d"
              .formatted(file, name, value, most));
    }
    return (long) value;
  }

  /** All numbers whose names begin so, by the rest of their names. */
  Map<String, double[]> under(String prefix) {
    Map<String, double[]> found = new LinkedHashMap<>();
    texts.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), new double[] {number(name, text)});
          }
        });
    return found;
  }

  /** The values of so many epochs, named {@code PREFIX EPOCH.NAME}. */
  List<EpochResult> history(String prefix, int epochs) {
    Map<String, Map<String, Double>> byEpoch = new LinkedHashMap<>();
    under(prefix)
        .forEach(
            (name, value) -> {
              int dot = name.indexOf('.');
              byEpoch
                  .computeIfAbsent(name.substring(0, Math.max(dot, 0)), _ -> new LinkedHashMap<>())
                  .put(name.substring(dot + 1), value[0]);
            });
    List<EpochResult> all = new ArrayList<>();
    while (all.size() < epochs) {
      int epoch = all.size() + 1;
      Map<String, Double> values = byEpoch.get(Integer.toString(epoch));
      if (values == null) {
        throw new FormatException(
            "[Trainer] %s says that it has seen %d epochs, but has nothing of epoch %d"
                .formatted(file, epochs, epoch));
      }
      all.add(new EpochResult(epoch, values));
    }
    return all;
  }

  private static String clip(String text) {
    return text.length() < 40 ? text : text.substring(0, 40) + "…";
  }
}
