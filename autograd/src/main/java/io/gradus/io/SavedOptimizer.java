package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.optim.Optimizer;
import io.gradus.optim.OptimizerState;
import io.gradus.optim.ParameterState;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The part of a checkpoint that belongs to an optimizer. */
final class SavedOptimizer {
  private static final String PREFIX = "optimizer.";
  private static final String KIND = PREFIX + "kind";
  private static final String COUNTS = PREFIX + "groups and parameters";

  private SavedOptimizer() {}

  static void save(Optimizer<?> optimizer, Map<String, Tensor> tensors, Map<String, String> texts) {
    OptimizerState<?> state = optimizer.stateDict();
    texts.put(KIND, optimizer.getClass().getSimpleName());
    texts.put(COUNTS, state.options().size() + " " + state.states().size());
    for (int g = 0; g < state.options().size(); g++) {
      RecordText.save(PREFIX + "group." + g, state.options().get(g), texts);
    }
    for (int i = 0; i < state.states().size(); i++) {
      ParameterState of = state.states().get(i);
      texts.put(PREFIX + "step." + i, Long.toString(of.step()));
      String prefix = PREFIX + i + ".";
      of.tensors().forEach((name, t) -> tensors.put(prefix + name, t));
    }
  }

  /** The state for this optimizer, checked against it; nothing is changed. */
  static <O extends Optimizer.Options<O>> OptimizerState<O> read(
      Where where, Optimizer<O> optimizer, Map<String, Tensor> tensors, Map<String, String> texts) {
    String kind = optimizer.getClass().getSimpleName();
    if (!texts.containsKey(KIND)) {
      throw where.malformed(
          "no optimizer in the file, expected %s; save it with Checkpoint.of(model).optimizer(…),"
              + " or restore the model alone",
          kind);
    }
    if (!kind.equals(texts.get(KIND))) {
      throw where
          .key(KIND)
          .malformed("the optimizer %s, expected %s", Where.clip(texts.get(KIND)), kind);
    }
    List<Tensor> parameters = new ArrayList<>();
    optimizer.groups().forEach(group -> parameters.addAll(group.parameters()));
    int groups = optimizer.groups().size();
    long[] counts = Numbers.longs(where.key(COUNTS), texts.get(COUNTS), 2);
    if (counts[0] != groups || counts[1] != parameters.size()) {
      throw where
          .key(COUNTS)
          .malformed(
              "%d groups and %d parameters, expected %d and %d",
              counts[0], counts[1], groups, parameters.size());
    }
    List<O> options = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      O own = optimizer.groups().get(g).options();
      options.add(RecordText.read(where, PREFIX + "group." + g, own, texts));
    }
    List<ParameterState> states = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      states.add(state(where, i, parameters.get(i), tensors, texts));
    }
    OptimizerState<O> state = new OptimizerState<>(options, states);
    try {
      optimizer.checkStateDict(state);
    } catch (InvalidArgumentException e) {
      throw where.key("optimizer").malformed(e, "%s", String.valueOf(e.getMessage()));
    }
    return state;
  }

  private static ParameterState state(
      Where where,
      int index,
      Tensor parameter,
      Map<String, Tensor> tensors,
      Map<String, String> texts) {
    ParameterState state = new ParameterState();
    String key = PREFIX + "step." + index;
    long step = Numbers.longs(where.key(key), texts.get(key), 1)[0];
    if (step < 0) {
      throw where.key(key).malformed("%d, expected 0 or more", step);
    }
    state.step(step);
    String prefix = PREFIX + index + ".";
    tensors.forEach(
        (name, t) -> {
          if (name.startsWith(prefix)) {
            state.tensors().put(name.substring(prefix.length()), t.to(parameter.device()));
          }
        });
    return state;
  }
}
