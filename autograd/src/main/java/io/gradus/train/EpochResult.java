package io.gradus.train;

import java.util.Map;
import java.util.StringJoiner;

/**
 * What came of one pass over the data.
 *
 * @param epoch the number of the pass, from 1
 * @param values by name: {@code loss}, {@code lr}, the metrics, and those of the validation data
 *     with {@code validation } before their names
 */
public record EpochResult(int epoch, Map<String, Double> values) {
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner("  ");
    text.add("epoch " + epoch);
    values.forEach((name, value) -> text.add("%s %.5g".formatted(name, value)));
    return text.toString();
  }
}
