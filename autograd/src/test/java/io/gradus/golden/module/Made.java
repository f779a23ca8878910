package io.gradus.golden.module;

import io.gradus.ValuesIndices;
import io.gradus.golden.Arguments;
import io.gradus.nn.Layer;
import io.gradus.nn.Loss;
import io.gradus.nn.Module;
import java.util.List;
import java.util.function.Function;

/** A module, and how it is called with PyTorch's arguments. */
record Made(Module module, Function<Arguments, Object> forward) {
  static Made of(Layer layer) {
    return new Made(layer, a -> layer.call(a.tensor(0, "input")));
  }

  static Made of(Loss loss) {
    return new Made(loss, a -> loss.call(a.tensor(0, "input"), a.tensor(1, "target")));
  }

  /** Calls that give positions too where those are asked for. */
  static Made of(Layer layer, boolean indices, Function<Arguments, ValuesIndices> both) {
    return indices
        ? new Made(
            layer,
            a -> {
              ValuesIndices r = both.apply(a);
              return List.of(r.values(), r.indices());
            })
        : of(layer);
  }
}
