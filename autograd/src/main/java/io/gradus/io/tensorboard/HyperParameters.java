package io.gradus.io.tensorboard;

import io.gradus.tensor.error.InvalidArgumentException;
import java.util.Map;

/**
 * The messages of TensorBoard's plugin {@code hparams}: what is compared, and one training of it.
 *
 * <p>Formats: {@code plugin_data.proto} and {@code api.proto} of the plugin, {@code struct.proto}
 * of protocol buffers.
 */
final class HyperParameters {
  private static final String PLUGIN = "hparams";
  private static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int FLOAT64 = 3;
  private static final int SUCCESS = 1;

  private HyperParameters() {}

  /** The names of what is varied and of what is measured. */
  static Message experiment(Map<String, ?> values, Iterable<String> metrics, double time) {
    Message experiment = new Message().real(3, time);
    values.forEach(
        (name, value) ->
            experiment.message(4, new Message().text(1, name).whole(4, type(name, value))));
    for (String metric : metrics) {
      experiment.message(5, new Message().message(1, new Message().text(2, metric)));
    }
    return new Message().message(2, experiment);
  }

  /** The values of one training. */
  static Message begin(Map<String, ?> values, double time) {
    Message start = new Message();
    values.forEach(
        (name, value) ->
            start.message(1, new Message().text(1, name).message(2, value(name, value))));
    return new Message().message(3, start.real(5, time));
  }

  /** The end of one training. */
  static Message end(double time) {
    return new Message().message(4, new Message().whole(1, SUCCESS).real(2, time));
  }

  /** A value of a summary that only the plugin reads. */
  static Message summary(String tag, Message content) {
    Message plugin = new Message().text(1, PLUGIN).message(2, content);
    return new Message().text(1, tag).message(9, new Message().message(1, plugin));
  }

  private static int type(String name, Object value) {
    return switch (value) {
      case String s -> STRING;
      case Boolean b -> BOOL;
      case Number n -> FLOAT64;
      default -> throw unknown(name, value);
    };
  }

  private static Message value(String name, Object value) {
    return switch (value) {
      case String s -> new Message().text(3, s);
      case Boolean b -> new Message().truth(4, b);
      case Number n -> new Message().real(2, n.doubleValue());
      default -> throw unknown(name, value);
    };
  }

  private static InvalidArgumentException unknown(String name, Object value) {
    return new InvalidArgumentException(
        "[EventWriter] the hyperparameter '%s' is a %s; pass a string, a number or a boolean"
            .formatted(name, value.getClass().getSimpleName()));
  }
}
