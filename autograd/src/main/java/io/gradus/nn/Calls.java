package io.gradus.nn;

import io.gradus.Tensor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who is told of the calls of one module. */
final class Calls {
  /** Sees every call of a module for {@link Summary}. */
  @FunctionalInterface
  interface Observer {
    void ran(Tensor input, Tensor output);
  }

  private final List<Module.CallHook> hooks = new CopyOnWriteArrayList<>();
  private @Nullable Observer observer;

  void observe(@Nullable Observer by) {
    observer = by;
  }

  void add(Module.CallHook hook) {
    hooks.add(hook);
  }

  void remove(Module.CallHook hook) {
    hooks.remove(hook);
  }

  void tell(Module module, List<Tensor> inputs, Tensor output) {
    Observer seen = observer;
    if (seen != null) {
      seen.ran(inputs.getFirst(), output);
    }
    for (Module.CallHook hook : hooks) {
      hook.called(module, inputs, output);
    }
  }
}
