package io.gradus.nn;

import io.gradus.Internals;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.graph.HookHandle;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model: parameters that are trained, buffers that are not, and further modules, each
 * with a name.
 *
 * <pre>{@code
 * final class Net extends Layer {
 *   private final Linear hidden = register("hidden", new Linear(64, 32));
 *   private final Linear output = register("output", new Linear(32, 10));
 *
 *   @Override
 *   public Tensor forward(Tensor x) {
 *     return output.call(hidden.call(x).relu());
 *   }
 * }
 * }</pre>
 */
public abstract class Module {
  private final Map<String, @Nullable Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Buffer> buffers = new LinkedHashMap<>();
  private final Map<String, Module> children = new LinkedHashMap<>();
  private boolean training = true;
  private final Calls calls = new Calls();

  /** State that is saved but not trained, such as running statistics. */
  private record Buffer(@Nullable Tensor value, boolean persistent) {}

  /** A module without parameters so far. */
  protected Module() {}

  /**
   * Adds a parameter under a name, and returns it.
   *
   * @throws InvalidArgumentException for a name that is empty, has a dot, or is taken
   */
  protected final Parameter register(String name, Parameter parameter) {
    checkName(name);
    parameters.put(name, parameter);
    return parameter;
  }

  /** Reserves a name for a parameter that this module does not have, as a layer without bias. */
  protected final void registerAbsent(String name) {
    checkName(name);
    parameters.put(name, null);
  }

  /** Adds a module under a name, and returns it. */
  protected final <M extends Module> M register(String name, M module) {
    checkName(name);
    if (module == this) {
      throw new InvalidArgumentException("[register] a module cannot contain itself: " + name);
    }
    children.put(name, module);
    return module;
  }

  /**
   * Adds a buffer under a name, and returns it.
   *
   * @param persistent whether it belongs to the state dict
   */
  protected final Tensor registerBuffer(String name, Tensor value, boolean persistent) {
    checkName(name);
    buffers.put(name, new Buffer(Internals.lasting(value), persistent));
    return value;
  }

  private void checkName(String name) {
    if (name.isEmpty() || name.contains(".")) {
      throw new InvalidArgumentException(
          "[register] a name can't be empty or contain \".\": \"" + name + "\"");
    }
    if (parameters.containsKey(name) || buffers.containsKey(name) || children.containsKey(name)) {
      throw new InvalidArgumentException(
          "[register] attribute '" + name + "' already exists in " + typeName());
    }
  }

  /** The name of the kind of module, as {@code Linear}. */
  public String typeName() {
    String simple = getClass().getSimpleName();
    return simple.isEmpty() ? "Module" : simple;
  }

  /** What {@link #toString} shows in parentheses: sizes and settings. */
  protected String extraRepr() {
    return "";
  }

  /**
   * How many products of a learnt number are added up to get from an input to an output; counts
   * matrices and kernels only, 0 for modules without.
   */
  protected long multiplyAdds(Tensor input, Tensor output) {
    return 0;
  }

  /** Sees every call of a module; of what it computed it can change nothing. */
  @FunctionalInterface
  public interface CallHook {
    /** After a call; a module with several results shows the first. */
    void called(Module module, List<Tensor> inputs, Tensor output);
  }

  /**
   * Calls a function after every call of this module, whatever the number of its inputs; {@link
   * Layer} has hooks that replace tensors too.
   */
  public final HookHandle registerCallHook(CallHook hook) {
    calls.add(hook);
    return () -> calls.remove(hook);
  }

  /** Tells hooks and {@link Summary} of a call; to be called by modules that are not layers. */
  protected final void ran(Tensor input, Tensor output) {
    calls.tell(this, List.of(input), output);
  }

  /** {@link #ran(Tensor, Tensor)} with several inputs, the first of which tells the sizes. */
  protected final void ran(List<Tensor> inputs, Tensor output) {
    calls.tell(this, inputs, output);
  }

  final void observe(Calls.@Nullable Observer by) {
    calls.observe(by);
  }

  /** Has the parameters and buffers of another module, under their names. */
  final void adopt(Module other) {
    parameters.putAll(other.parameters);
    buffers.putAll(other.buffers);
  }

  /** The modules directly inside, by name. */
  public final Map<String, Module> namedChildren() {
    return Collections.unmodifiableMap(children);
  }

  /** The modules directly inside. */
  public final List<Module> children() {
    return List.copyOf(children.values());
  }

  /** This module and all inside it by dotted name, each once; this one has the empty name. */
  public final Map<String, Module> namedModules() {
    Map<String, Module> all = new LinkedHashMap<>();
    collect("", all, Collections.newSetFromMap(new IdentityHashMap<>()));
    return all;
  }

  private void collect(String prefix, Map<String, Module> to, Set<Module> seen) {
    if (!seen.add(this)) {
      return;
    }
    to.put(prefix, this);
    children.forEach((name, child) -> child.collect(join(prefix, name), to, seen));
  }

  private static String join(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  /** This module and all inside it. */
  public final List<Module> modules() {
    return List.copyOf(namedModules().values());
  }

  /**
   * All parameters by dotted name; one that is shared appears under its first name.
   *
   * @throws InvalidArgumentException if a {@link LazyLayer} inside has none yet
   */
  public final Map<String, Parameter> namedParameters() {
    LazyLayer.checkNone(this);
    return presentParameters();
  }

  /** Those that are there already. */
  final Map<String, Parameter> presentParameters() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    namedModules()
        .forEach(
            (prefix, module) ->
                module.parameters.forEach(
                    (name, p) -> {
                      if (p != null && seen.add(p)) {
                        all.put(join(prefix, name), p);
                      }
                    }));
    return all;
  }

  /** All parameters, each once. */
  public final List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /** All buffers by dotted name. */
  public final Map<String, Tensor> namedBuffers() {
    return namedBuffers(false);
  }

  private Map<String, Tensor> namedBuffers(boolean persistentOnly) {
    Map<String, Tensor> all = new LinkedHashMap<>();
    namedModules()
        .forEach(
            (prefix, module) ->
                module.buffers.forEach(
                    (name, b) -> {
                      if (b.value != null && (b.persistent || !persistentOnly)) {
                        all.put(join(prefix, name), b.value);
                      }
                    }));
    return all;
  }

  /** Whether layers such as dropout behave as in training; so at the start. */
  public final boolean isTraining() {
    return training;
  }

  /** Switches this module and all inside it to training, and returns it. */
  public Module train() {
    return train(true);
  }

  /** Switches this module and all inside it to evaluation, and returns it. */
  public Module eval() {
    return train(false);
  }

  /** Switches this module and all inside it, and returns it. */
  public Module train(boolean mode) {
    for (Module m : modules()) {
      m.training = mode;
    }
    return this;
  }

  /** Back to training, without what is inside. */
  final void trainAlone() {
    training = true;
  }

  /** How many numbers the parameters of this module hold, without those of modules inside. */
  final long ownParameters() {
    long n = 0;
    for (Parameter p : parameters.values()) {
      n += p == null ? 0 : p.numel();
    }
    return n;
  }

  /**
   * The module of a dotted name, as {@code encoder.layers.0}; this one for the empty name.
   *
   * @throws InvalidArgumentException if there is none
   */
  public final Module submodule(String name) {
    Module at = this;
    if (!name.isEmpty()) {
      for (String part : name.split("\\.", -1)) {
        Module next = at.children.get(part);
        if (next == null) {
          throw new InvalidArgumentException(
              "[submodule] %s has no module '%s' (of '%s'); it has %s"
                  .formatted(at.typeName(), part, name, at.children.keySet()));
        }
        at = next;
      }
    }
    return at;
  }

  /** Removes the gradients of all parameters. */
  public final void zeroGrad() {
    presentParameters().values().forEach(Internals::dropGrad);
  }

  /** Freezes or unfreezes all parameters, and returns this module. */
  public final Module requiresGrad_(boolean flag) {
    parameters().forEach(p -> p.requiresGrad_(flag));
    return this;
  }

  /** Calls a function with every module inside, innermost first, then with this one. */
  public final Module apply(Consumer<Module> function) {
    children.values().forEach(child -> child.apply(function));
    function.accept(this);
    return this;
  }

  /** Moves all parameters and buffers to a device, in place. */
  public final Module to(Device device) {
    return convert(t -> t.to(device));
  }

  /** Converts all floating parameters and buffers, in place. */
  public final Module to(DType dtype) {
    if (!dtype.isFloating()) {
      throw new InvalidArgumentException(
          "[to] a module only accepts floating point dtypes, but got " + dtype);
    }
    return convert(t -> t.dtype().isFloating() ? t.to(dtype) : t);
  }

  private Module convert(UnaryOperator<Tensor> conversion) {
    for (Tensor p : presentParameters().values()) {
      Tensor grad = p.grad();
      p.setGrad(null);
      p.setData(conversion.apply(p.detach()));
      if (grad != null) {
        p.setGrad(conversion.apply(grad.detach()));
      }
    }
    for (Tensor b : namedBuffers().values()) {
      b.setData(conversion.apply(b));
    }
    return this;
  }

  /** Parameters and persistent buffers by dotted name: the tensors themselves, detached. */
  public final Map<String, Tensor> stateDict() {
    LazyLayer.checkNone(this);
    Map<String, Tensor> state = new LinkedHashMap<>();
    stateTensors().forEach((name, t) -> state.put(name, t.detach()));
    return state;
  }

  private Map<String, Tensor> stateTensors() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    namedModules()
        .forEach(
            (prefix, module) -> {
              module.parameters.forEach(
                  (name, p) -> {
                    if (p != null) {
                      state.put(join(prefix, name), p);
                    }
                  });
              module.buffers.forEach(
                  (name, b) -> {
                    if (b.value != null && b.persistent) {
                      state.put(join(prefix, name), b.value);
                    }
                  });
            });
    return state;
  }

  /** {@link #loadStateDict(Map, boolean)}, strict. */
  public final LoadReport loadStateDict(Map<String, ? extends Tensor> state) {
    return loadStateDict(state, true);
  }

  /**
   * Copies saved tensors into the parameters and buffers of the same names.
   *
   * @param strict whether names that are missing or unexpected are an error
   * @return what did not match; empty after a strict load
   * @throws io.gradus.tensor.error.FormatException listing every missing, unexpected and misshapen
   *     entry; then nothing was copied
   */
  public final LoadReport loadStateDict(Map<String, ? extends Tensor> state, boolean strict) {
    LazyLayer.makeAll(this, state);
    Map<String, Tensor> own = stateTensors();
    LoadReport report = LoadReport.compare(own, state);
    report.throwIfUnusable(typeName(), strict);
    List<Runnable> copies = new ArrayList<>();
    own.forEach(
        (name, target) -> {
          Tensor source = state.get(name);
          if (source != null) {
            copies.add(() -> target.detach().copy_(source.detach()));
          }
        });
    copies.forEach(Runnable::run);
    return report;
  }

  @Override
  public String toString() {
    return ModuleText.of(this);
  }
}
