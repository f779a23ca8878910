package io.gradus.optim;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies losses so that small gradients do not vanish in {@code f16}, and divides the gradients
 * again before a step; a step with infinite or NaN gradients is left out.
 *
 * <pre>{@code
 * scaler.scale(loss).backward();
 * scaler.step(optimizer);
 * scaler.update();
 * }</pre>
 *
 * <p>Rules and numbers are those of {@code torch.amp.GradScaler}. With parameters in {@code f16} or
 * {@code bf16}, train {@link MasterWeights}.
 */
public final class GradScaler {
  /**
   * Settings.
   *
   * @param initScale the first factor
   * @param growthFactor by which it grows
   * @param backoffFactor by which it shrinks after a step that was left out
   * @param growthInterval good steps before it grows
   */
  public record Options(
      double initScale, double growthFactor, double backoffFactor, int growthInterval) {
    /** 65536, doubled after 2000 good steps, halved after a bad one. */
    public static final Options DEFAULT = new Options(65536, 2, 0.5, 2000);

    /** Refuses factors that go the wrong way. */
    public Options {
      check(initScale > 0, "The initial scale must be > 0", initScale);
      check(growthFactor > 1, "The growth factor must be > 1.0", growthFactor);
      check(
          backoffFactor > 0 && backoffFactor < 1,
          "The backoff factor must be in (0, 1)",
          backoffFactor);
      check(growthInterval > 0, "The growth interval must be > 0", growthInterval);
    }

    /** With another first factor. */
    public Options initScale(double value) {
      return new Options(value, growthFactor, backoffFactor, growthInterval);
    }

    /** With another interval. */
    public Options growthInterval(int value) {
      return new Options(initScale, growthFactor, backoffFactor, value);
    }

    private static void check(boolean valid, String rule, double value) {
      if (!valid) {
        throw new InvalidArgumentException("[GradScaler] " + rule + ", but got " + value);
      }
    }
  }

  private enum Stage {
    UNSCALED,
    STEPPED
  }

  private record Seen(Stage stage, boolean finite) {}

  private final Map<Optimizer<?>, Seen> seen = new IdentityHashMap<>();
  private Options options;
  private float scale;
  private int tracker;

  /** With the usual settings. */
  public GradScaler() {
    this(Options.DEFAULT);
  }

  /** With settings. */
  public GradScaler(Options options) {
    this.options = options;
    scale = (float) options.initScale;
  }

  /** The present factor. */
  public double scale() {
    return scale;
  }

  /** The loss times the factor; call {@code backward} on it. */
  public Tensor scale(Tensor loss) {
    return loss.mul(scale);
  }

  /**
   * Divides the gradients of an optimizer's parameters by the factor; {@link #step} does it unless
   * it is done already. Between the two is the place for {@link ClipGrad}.
   *
   * @throws InvalidArgumentException if it was called since the last {@link #update}, or without
   *     any gradient
   * @throws DTypeException for gradients in {@code f16}, which could not hold the result
   */
  public void unscale_(Optimizer<?> optimizer) {
    Seen before = seen.get(optimizer);
    if (before != null) {
      throw new InvalidArgumentException(
          switch (before.stage) {
            case UNSCALED ->
                "[unscale_] unscale_() has already been called on this optimizer since the last"
                    + " update(); call update() first";
            case STEPPED ->
                "[unscale_] unscale_() is being called after step(); call update() first";
          });
    }
    List<Tensor> gradients =
        optimizer.groups().stream()
            .flatMap(g -> ClipGrad.gradients(g.parameters()).stream())
            .toList();
    if (gradients.isEmpty()) {
      throw new InvalidArgumentException(
          "[unscale_] No inf checks were recorded for this optimizer: no parameter has a gradient;"
              + " call scale(loss).backward() first");
    }
    for (Tensor g : gradients) {
      if (g.dtype() == DType.F16) {
        throw new DTypeException(
            "[unscale_] Attempting to unscale FP16 gradients: shape %s; train MasterWeights in f32"
                .formatted(g.shape()));
      }
    }
    seen.put(optimizer, new Seen(Stage.UNSCALED, divide(gradients)));
  }

  private boolean divide(List<Tensor> gradients) {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      float inverse = (float) (1.0 / scale);
      boolean finite = true;
      for (Tensor g : gradients) {
        // The check comes first: f32 gradients that are finite stay so when they are divided.
        finite &= g.isfinite().all().item().intValue() != 0;
        if (inverse != 1) {
          g.mul_(inverse);
        }
      }
      return finite;
    }
  }

  /**
   * Steps an optimizer if all its gradients are finite.
   *
   * @return whether it was stepped
   * @throws InvalidArgumentException if it was called since the last {@link #update}
   */
  public boolean step(Optimizer<?> optimizer) {
    Seen before = seen.get(optimizer);
    if (before != null && before.stage == Stage.STEPPED) {
      throw new InvalidArgumentException(
          "[step] step() has already been called since the last update(); call update() first");
    }
    if (before == null) {
      unscale_(optimizer);
      before = seen.get(optimizer);
    }
    boolean finite = before != null && before.finite;
    if (finite) {
      optimizer.step();
    }
    seen.put(optimizer, new Seen(Stage.STEPPED, finite));
    return finite;
  }

  /**
   * Chooses the next factor: smaller if a step was left out, larger after many good ones.
   *
   * @throws InvalidArgumentException if no optimizer was stepped or unscaled since the last time
   */
  public void update() {
    if (seen.isEmpty()) {
      throw new InvalidArgumentException(
          "[update] No inf checks were recorded prior to update; call step(optimizer) first");
    }
    if (seen.values().stream().allMatch(Seen::finite)) {
      tracker++;
      if (tracker == options.growthInterval) {
        float grown = (float) (scale * options.growthFactor);
        scale = Float.isFinite(grown) ? grown : scale;
        tracker = 0;
      }
    } else {
      scale = (float) (scale * options.backoffFactor);
      tracker = 0;
    }
    seen.clear();
  }

  /** All that is needed to go on later, by PyTorch's names. */
  public Map<String, double[]> stateDict() {
    Map<String, double[]> state = new LinkedHashMap<>();
    state.put("scale", new double[] {scale});
    state.put("growth_factor", new double[] {options.growthFactor});
    state.put("backoff_factor", new double[] {options.backoffFactor});
    state.put("growth_interval", new double[] {options.growthInterval});
    state.put("_growth_tracker", new double[] {tracker});
    return state;
  }

  /**
   * Goes on from a saved state.
   *
   * @throws InvalidArgumentException if a number is missing or out of range; then nothing is
   *     changed
   */
  public void loadStateDict(Map<String, double[]> state) {
    float newScale = (float) number(state, "scale");
    Options loaded =
        new Options(
            newScale,
            number(state, "growth_factor"),
            number(state, "backoff_factor"),
            (int) number(state, "growth_interval"));
    tracker = (int) number(state, "_growth_tracker");
    options = loaded;
    scale = newScale;
    seen.clear();
  }

  private static double number(Map<String, double[]> state, String name) {
    double @Nullable [] value = state.get(name);
    if (value == null || value.length != 1) {
      throw new InvalidArgumentException(
          "[loadStateDict] a GradScaler has one number " + name + ", the state has not");
    }
    return value[0];
  }
}
