package io.gradus.train;

import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.graph.GradMode;
import io.gradus.nn.Layer;
import io.gradus.nn.Loss;
import io.gradus.nn.Module;
import io.gradus.optim.Optimizer;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Trains a model: epochs, validation, early stopping, checkpoints.
 *
 * <pre>{@code
 * History history =
 *     Trainer.of(model, new CrossEntropyLoss(), new Adam(model.parameters(), 1e-3))
 *         .metric("accuracy", Accuracy::new)
 *         .validation(validationLoader)
 *         .generator("shuffle", shuffle)
 *         .checkpoints(Checkpoints.everyEpochs(Path.of("run.safetensors"), 1))
 *         .callback(Progress.auto())
 *         .build()
 *         .fit(loader, 10);
 * }</pre>
 *
 * <p>A training that goes on from a checkpoint ends with exactly the parameters of one that was
 * never interrupted, if all that it draws random numbers from is known to it ({@link
 * TrainerBuilder#generator}) and the data set draws none but from the generator that it is given.
 * After a checkpoint in the middle of an epoch the metrics of the training data, not its loss, are
 * those of the rest of the epoch.
 *
 * <p>For one thread; only {@link #stop} may be called from others. Optimizers that need a closure
 * ({@code LBFGS}) evaluate the batches of a step again and again; the losses and metrics are those
 * of the first time.
 *
 * @param <B> a batch
 */
public final class Trainer<B> {
  private final TrainerBuilder<B> settings;
  private final TrainingState<B> state;
  private volatile boolean stopped;

  Trainer(TrainerBuilder<B> settings) {
    this.settings = settings;
    state = new TrainingState<>(settings);
  }

  /** Inputs and targets, as a {@link DataLoader} of a {@code TensorDataset} gives them. */
  public static TrainerBuilder<List<Tensor>> of(Layer model, Loss loss, Optimizer<?> optimizer) {
    return of(model, Objective.supervised(model, loss), optimizer);
  }

  /** Batches of anything. */
  public static <B> TrainerBuilder<B> of(
      Module model, Objective<B> objective, Optimizer<?> optimizer) {
    return new TrainerBuilder<>(model, objective, optimizer);
  }

  /**
   * Trains until the model has seen the data so many times, those before a checkpoint included.
   *
   * <p>The first call goes on from the checkpoint if there is one. If a process with checkpoints is
   * told to end (Ctrl-C), the current step is finished and saved.
   *
   * @return all epochs, those before a checkpoint included
   */
  public History fit(Iterable<? extends B> data, int epochs) {
    if (epochs < 0) {
      throw new InvalidArgumentException(
          "[fit] the number of epochs is negative: "
              + epochs
              + "; it counts those of checkpoints too");
    }
    Checkpoints checkpoints = settings.checkpoints;
    if (checkpoints != null
        && checkpoints.resume()
        && state.epochs() == 0
        && state.step == 0
        && Files.exists(checkpoints.file())) {
      state.load(checkpoints.file());
    }
    stopped = false;
    boolean training = settings.model.isTraining();
    try (Interruption _ = Interruption.listen(this, checkpoints != null)) {
      while (state.epochs() < epochs && !stopped && !state.patience.isOver()) {
        settings.model.train();
        runEpoch(data);
      }
    } finally {
      settings.model.train(training);
      tell(Callback::ended);
    }
    if (!stopped && state.patience.restoreBest(settings.model) && settings.master != null) {
      settings.master.takeParameters();
    }
    return history();
  }

  /** The epochs so far. */
  public History history() {
    return new History(List.copyOf(state.history));
  }

  /**
   * Ends {@link #fit} after the current step; with checkpoints that step is saved. So does an
   * interrupt of the thread.
   */
  public void stop() {
    stopped = true;
  }

  private void runEpoch(Iterable<? extends B> data) {
    Iterator<? extends B> batches = begin(data);
    int epoch = state.epochs() + 1;
    long steps = data instanceof DataLoader<?, ?> loader ? loader.size() : -1;
    tell(c -> c.epochStarted(epoch, state.step, steps));
    GroupStep<B> group = new GroupStep<>(settings, state.measures);
    while (batches.hasNext()) {
      List<Double> losses = group.run(next(batches));
      for (double loss : losses) {
        state.step++;
        tell(c -> c.stepDone(new Callback.Step(epoch, state.step, steps, loss)));
      }
      if (Thread.currentThread().isInterrupted()) {
        stopped = true;
      }
      boolean last = !batches.hasNext();
      Checkpoints saved = settings.checkpoints;
      if (!last
          && saved != null
          && (stopped || due(saved.steps(), state.step - losses.size(), state.step))) {
        state.save(saved.file());
      }
      if (!last && stopped) {
        return;
      }
    }
    finish(epoch);
  }

  /** The batches of one step; fewer at the end of the data. */
  private List<B> next(Iterator<? extends B> batches) {
    List<B> group = new ArrayList<>();
    while (group.size() < settings.accumulate && batches.hasNext()) {
      group.add(batches.next());
    }
    return group;
  }

  /** The batches that are left of an epoch, in the order in which they were drawn at its start. */
  private Iterator<? extends B> begin(Iterable<? extends B> data) {
    if (state.step == 0) {
      state.startEpoch();
      return data.iterator();
    }
    Map<String, Generator.State> now = state.generators();
    state.generators(state.epochStart());
    Iterator<? extends B> rest;
    if (data instanceof DataLoader<?, ? extends B> loader) {
      rest = loader.from(state.step);
    } else {
      rest = data.iterator();
      for (long i = 0; i < state.step && rest.hasNext(); i++) {
        rest.next();
      }
    }
    state.generators(now);
    return rest;
  }

  private void finish(int epoch) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("lr", settings.optimizer.groups().get(0).lr());
    state.measures.put("", values);
    if (settings.validation != null) {
      measure(settings.validation).put("validation ", values);
    }
    EpochResult result = new EpochResult(epoch, Collections.unmodifiableMap(values));
    if (settings.scheduling != null) {
      settings.scheduling.epochDone(result);
    }
    state.patience.see(result, settings.model);
    state.history.add(result);
    state.step = 0;
    state.startEpoch();
    tell(c -> c.epochDone(result));
    Checkpoints saved = settings.checkpoints;
    if (saved != null && (stopped || due(saved.epochs(), epoch - 1, epoch))) {
      state.save(saved.file());
    }
  }

  /** Whether a multiple was reached since some count. */
  private static boolean due(int every, long before, long count) {
    return every > 0 && count / every > before / every;
  }

  /** The loss and the metrics over data, in evaluation mode and without gradients. */
  public Map<String, Double> evaluate(Iterable<? extends B> data) {
    Map<String, Double> values = new LinkedHashMap<>();
    measure(data).put("", values);
    return values;
  }

  private Measures measure(Iterable<? extends B> data) {
    Measures measures = new Measures(settings.metrics);
    boolean training = settings.model.isTraining();
    settings.model.eval();
    try (GradMode.Scope _ = GradMode.noGrad()) {
      for (B batch : data) {
        Objective.Outcome outcome = settings.objective.of(batch);
        measures.add(outcome, outcome.loss().item().doubleValue());
      }
    } finally {
      settings.model.train(training);
    }
    return measures;
  }

  private void tell(Consumer<Callback> event) {
    settings.callbacks.forEach(event);
  }
}
