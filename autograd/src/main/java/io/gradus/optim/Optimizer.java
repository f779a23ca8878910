package io.gradus.optim;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.TensorScope;
import io.gradus.graph.GradMode;
import io.gradus.tensor.error.AutogradException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes parameters along their gradients.
 *
 * @param <O> the settings of one group of parameters
 */
public abstract class Optimizer<O extends Optimizer.Options<O>> {
  /** The settings of a group; immutable. */
  public interface Options<O> {
    /** The learning rate. */
    double lr();

    /** The same settings with another learning rate. */
    O lr(double value);
  }

  /** Parameters that are trained with the same settings. */
  public static final class Group<O extends Options<O>> {
    private final List<Tensor> parameters;
    private O options;
    private @Nullable Double initialLr;

    private Group(List<Tensor> parameters, O options) {
      this.parameters = parameters;
      this.options = options;
    }

    /** The parameters. */
    public List<Tensor> parameters() {
      return parameters;
    }

    /** The settings. */
    public O options() {
      return options;
    }

    /** Replaces the settings. */
    public void options(O value) {
      options = value;
    }

    /** The learning rate. */
    public double lr() {
      return options.lr();
    }

    /** Replaces the learning rate, as a scheduler does. */
    public void lr(double value) {
      options = options.lr(value);
    }

    /** The learning rate when this was first asked for: what schedulers start from. */
    public double initialLr() {
      if (initialLr == null) {
        initialLr = lr();
      }
      return initialLr;
    }

    /** Says what schedulers that are made later start from. */
    public void initialLr(double value) {
      initialLr = value;
    }

    /**
     * Replaces the momentum.
     *
     * @throws InvalidArgumentException if the optimizer has none
     */
    @SuppressWarnings("unchecked") // MomentumOptions<O> of a group with settings O.
    public void momentum(double value) {
      if (!(options instanceof MomentumOptions<?> moving)) {
        throw new InvalidArgumentException(
            "[optimizer] optimizer must support momentum or beta1 to cycle it: "
                + options.getClass().getName());
      }
      options = (O) moving.momentum(value);
    }

    /** How many parameters, and the settings. */
    @Override
    public String toString() {
      int n = parameters.size();
      return n + (n == 1 ? " parameter, " : " parameters, ") + options;
    }
  }

  private final List<Group<O>> groups = new ArrayList<>();
  private final Map<Tensor, ParameterState> state = new IdentityHashMap<>();
  private final Set<Tensor> known = Collections.newSetFromMap(new IdentityHashMap<>());

  /** An optimizer with one group. */
  protected Optimizer(List<? extends Tensor> parameters, O options) {
    if (parameters.isEmpty()) {
      throw new InvalidArgumentException(
          "["
              + getClass().getSimpleName()
              + "] optimizer got an empty parameter list; give at least one parameter. A module has"
              + " those of its parts only if they are registered: register(name, part) in its"
              + " constructor");
    }
    addGroup(parameters, options);
  }

  /**
   * Adds parameters with settings of their own.
   *
   * @throws AutogradException for a tensor that is not a leaf
   * @throws InvalidArgumentException for one that is already here
   */
  public final void addGroup(List<? extends Tensor> parameters, O options) {
    Set<Tensor> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Tensor p : parameters) {
      if (!p.isLeaf()) {
        throw new AutogradException(
            "[optimizer] can't optimize a non-leaf Tensor: shape "
                + p.shape()
                + "; optimize the leaves that it was computed from, or detach() it");
      }
      checkParameter(p);
      if (known.contains(p) || !fresh.add(p)) {
        throw new InvalidArgumentException(
            "[optimizer] some parameters appear in more than one parameter group: shape "
                + p.shape()
                + "; give each parameter once");
      }
    }
    known.addAll(fresh);
    groups.add(new Group<>(List.copyOf(parameters), options));
  }

  /** The groups. */
  public final List<Group<O>> groups() {
    return Collections.unmodifiableList(groups);
  }

  /** Removes the gradients of all parameters, so that the next backward starts anew. */
  public final void zeroGrad() {
    for (Group<O> group : groups) {
      for (Tensor p : group.parameters) {
        Internals.dropGrad(p);
      }
    }
  }

  /** Changes every parameter that has a gradient. */
  public void step() {
    try (GradMode.Scope _ = GradMode.noGrad();
        TensorScope _ = TensorScope.none()) {
      for (Group<O> group : groups) {
        for (Tensor p : group.parameters) {
          Tensor g = keepsNoGradient() ? Internals.grad(p) : p.grad();
          if (g != null) {
            update(p, g, stateOf(p), group.options);
          }
        }
      }
    }
  }

  /** Computes the loss (with backward) by the closure, then steps; returns the loss. */
  public Tensor step(Supplier<Tensor> closure) {
    Tensor loss;
    try (GradMode.Scope _ = GradMode.enableGrad()) {
      loss = closure.get();
    }
    step();
    return loss;
  }

  /** Whether a step evaluates the loss itself, so that only {@link #step(Supplier)} works. */
  public boolean needsClosure() {
    return false;
  }

  /** Refuses parameters that the optimizer cannot train; by default none. */
  protected void checkParameter(Tensor parameter) {}

  /** Whether a step is over with the gradient when it returns, so that its memory can be reused. */
  boolean keepsNoGradient() {
    return false;
  }

  /** Changes one parameter; history is off. */
  protected abstract void update(
      Tensor parameter, Tensor gradient, ParameterState state, O options);

  /** What the optimizer keeps of a parameter between steps. */
  protected final ParameterState stateOf(Tensor parameter) {
    return state.computeIfAbsent(parameter, p -> new ParameterState());
  }

  /** All that is needed to go on later: settings and states, by the order of the parameters. */
  public final OptimizerState<O> stateDict() {
    List<O> options = new ArrayList<>();
    List<ParameterState> states = new ArrayList<>();
    for (Group<O> group : groups) {
      options.add(group.options);
      for (Tensor p : group.parameters) {
        states.add(stateOf(p).copy());
      }
    }
    return new OptimizerState<>(List.copyOf(options), List.copyOf(states));
  }

  /**
   * Goes on from a saved state.
   *
   * @throws InvalidArgumentException if it does not fit, as {@link #checkStateDict} tells; then
   *     nothing is changed
   */
  public final void loadStateDict(OptimizerState<O> saved) {
    checkStateDict(saved);
    int i = 0;
    try (TensorScope _ = TensorScope.none()) {
      for (int g = 0; g < groups.size(); g++) {
        groups.get(g).options = saved.options().get(g);
        for (Tensor p : groups.get(g).parameters) {
          state.put(p, saved.states().get(i++).copy());
        }
      }
    }
  }

  /**
   * Whether a saved state fits; changes nothing.
   *
   * @throws InvalidArgumentException if it has other numbers of groups or parameters, or tensors of
   *     other shapes than this optimizer keeps
   */
  public final void checkStateDict(OptimizerState<O> saved) {
    int count = groups.stream().mapToInt(g -> g.parameters.size()).sum();
    if (saved.options().size() != groups.size() || saved.states().size() != count) {
      throw new InvalidArgumentException(
          "[loadStateDict] loaded state dict has %d groups and %d parameters, the optimizer %d and %d"
              .formatted(saved.options().size(), saved.states().size(), groups.size(), count));
    }
    int i = 0;
    for (Group<O> group : groups) {
      for (Tensor p : group.parameters) {
        Map<String, Tensor> tensors = saved.states().get(i).tensors();
        for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
          checkShape(i, e.getKey(), e.getValue(), stateShape(e.getKey(), p));
        }
        i++;
      }
    }
  }

  private static void checkShape(int parameter, String name, Tensor saved, long[] expected) {
    if (!saved.dtype().isFloating() || !Arrays.equals(saved.shape().toArray(), expected)) {
      throw new InvalidArgumentException(
          "[loadStateDict] %s of parameter %d is %s %s, expected floating %s"
              .formatted(name, parameter, saved.dtype(), saved.shape(), Arrays.toString(expected)));
    }
  }

  /** The shape of what is kept of a parameter under a name; by default the parameter's. */
  protected long[] stateShape(String name, Tensor parameter) {
    return parameter.shape().toArray();
  }

  static void check(boolean valid, String name, double value, String range) {
    if (!valid) {
      throw new InvalidArgumentException(
          "[optimizer] Invalid %s: %s; it must be %s".formatted(name, value, range));
    }
  }

  static void checkBetas(double... betas) {
    for (int i = 0; i < betas.length; i++) {
      boolean valid = betas[i] >= 0 && betas[i] < 1;
      check(valid, "beta parameter at index " + i, betas[i], "at least 0 and less than 1");
    }
  }

  /** The name and each group, with how many parameters it has and its settings. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(getClass().getSimpleName()).append("(\n");
    for (int g = 0; g < groups.size(); g++) {
      text.append("  group ").append(g).append(": ").append(groups.get(g)).append('\n');
    }
    return text.append(')').toString();
  }
}
