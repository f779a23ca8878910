package io.gradus.train;

import io.gradus.metrics.Metric;
import io.gradus.nn.Module;
import io.gradus.optim.AveragedModel;
import io.gradus.optim.GradScaler;
import io.gradus.optim.MasterWeights;
import io.gradus.optim.Optimizer;
import io.gradus.optim.schedule.LRScheduler;
import io.gradus.optim.schedule.ReduceLROnPlateau;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link Trainer}; each method changes this builder and returns it.
 *
 * @param <B> a batch
 */
public final class TrainerBuilder<B> {
  /** Names that the trainer gives values itself. */
  private static final Set<String> TAKEN = Set.of("loss", "lr");

  /** The generator that operations draw from unless told otherwise. */
  static final String DEFAULT_GENERATOR = "default";

  final Module model;
  final Objective<B> objective;
  final Optimizer<?> optimizer;
  final Map<String, Supplier<? extends Metric<Double>>> metrics = new LinkedHashMap<>();
  final Map<String, Generator> generators = new LinkedHashMap<>();
  final List<Callback> callbacks = new ArrayList<>();
  @Nullable Scheduling scheduling;
  @Nullable Iterable<? extends B> validation;
  @Nullable EarlyStopping earlyStopping;
  @Nullable Checkpoints checkpoints;
  @Nullable GradScaler scaler;
  @Nullable MasterWeights master;
  @Nullable AveragedModel<?> average;
  double clipNorm = Double.NaN;
  double clipValue = Double.NaN;
  int accumulate = 1;

  TrainerBuilder(Module model, Objective<B> objective, Optimizer<?> optimizer) {
    this.model = model;
    this.objective = objective;
    this.optimizer = optimizer;
    generators.put(DEFAULT_GENERATOR, Generator.defaultGenerator());
  }

  /** A scheduler that steps after each epoch. */
  public TrainerBuilder<B> scheduler(LRScheduler value) {
    if (value instanceof ReduceLROnPlateau) {
      throw new InvalidArgumentException(
          "[Trainer] ReduceLROnPlateau needs a value to watch; call plateau(scheduler, \"validation"
              + " loss\")");
    }
    scheduling = new Scheduling.EachEpoch(value);
    return this;
  }

  /** A scheduler that steps after each step of the optimizer. */
  public TrainerBuilder<B> schedulerEachStep(LRScheduler value) {
    scheduler(value);
    scheduling = new Scheduling.EachStep(value);
    return this;
  }

  /** A scheduler that watches a value, as {@code validation loss}. */
  public TrainerBuilder<B> plateau(ReduceLROnPlateau value, String monitor) {
    scheduling = new Scheduling.OnPlateau(value, monitor);
    return this;
  }

  /** A metric of training and validation data under a name. */
  public TrainerBuilder<B> metric(String name, Supplier<? extends Metric<Double>> maker) {
    if (TAKEN.contains(name) || metrics.containsKey(name)) {
      throw new InvalidArgumentException(
          "[Trainer] there is a value '" + name + "' already; choose another name");
    }
    metrics.put(name, maker);
    return this;
  }

  /** Data that is evaluated after each epoch. */
  public TrainerBuilder<B> validation(Iterable<? extends B> data) {
    validation = data;
    return this;
  }

  /** Stops when a value does not become better. */
  public TrainerBuilder<B> earlyStopping(EarlyStopping rule) {
    earlyStopping = rule;
    return this;
  }

  /** Saves the training, and goes on from where it was saved. */
  public TrainerBuilder<B> checkpoints(Checkpoints value) {
    checkpoints = value;
    return this;
  }

  /**
   * A generator that belongs to the training, as that which a loader shuffles with: it is saved
   * with checkpoints. The default one always is.
   */
  public TrainerBuilder<B> generator(String name, Generator value) {
    if (generators.putIfAbsent(name, value) != null) {
      throw new InvalidArgumentException(
          "[Trainer] there is a generator '" + name + "' already; choose another name");
    }
    return this;
  }

  /** Limits the norm of all gradients together. */
  public TrainerBuilder<B> clipNorm(double value) {
    clipNorm = positive("clipNorm", value);
    return this;
  }

  /** Limits every element of the gradients. */
  public TrainerBuilder<B> clipValue(double value) {
    clipValue = positive("clipValue", value);
    return this;
  }

  private static double positive(String what, double value) {
    if (!(value > 0)) {
      throw new InvalidArgumentException(
          "[Trainer] " + what + " must be positive: " + value + "; leave it out for none");
    }
    return value;
  }

  /**
   * Steps once for so many batches, with the mean of their gradients; at the end of the data for
   * those that are left.
   */
  public TrainerBuilder<B> accumulate(int batches) {
    accumulate = (int) positive("accumulate", batches);
    return this;
  }

  /** Scales the loss, for narrow dtypes. */
  public TrainerBuilder<B> scaler(GradScaler value) {
    scaler = value;
    return this;
  }

  /**
   * Wide copies of a model's narrow parameters, which the optimizer trains: they take the gradients
   * before each step and give the parameters after it.
   */
  public TrainerBuilder<B> masterWeights(MasterWeights value) {
    master = value;
    return this;
  }

  /** Averages that are updated after each step. */
  public TrainerBuilder<B> average(AveragedModel<?> value) {
    average = value;
    return this;
  }

  /** Tells somebody how it goes; see {@link Progress}. */
  public TrainerBuilder<B> callback(Callback value) {
    callbacks.add(value);
    return this;
  }

  /**
   * The trainer.
   *
   * @throws InvalidArgumentException for a scaler and an optimizer that needs a closure
   */
  public Trainer<B> build() {
    if (scaler != null && optimizer.needsClosure()) {
      throw new InvalidArgumentException(
          "[Trainer] a scaler leaves steps out, but a step of %s evaluates the loss several times; train it in f32 or bf16 without a scaler"
              .formatted(optimizer.getClass().getSimpleName()));
    }
    return new Trainer<>(this);
  }
}
