package io.gradus.train;

import io.gradus.Tensor;
import io.gradus.io.Checkpoint;
import io.gradus.optim.GradScaler;
import io.gradus.random.Generator;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Where a training stands, beside what model, optimizer and scheduler know themselves. */
final class TrainingState<B> {
  private static final String EPOCH_START = "epoch start ";
  private static final String HISTORY = "history.";
  private static final String BEST = "best.";
  private static final String AVERAGE = "average.";
  private static final String SCALER = "scaler.";
  private static final String MASTER = "master.";

  private final TrainerBuilder<B> settings;
  final Measures measures;
  final Patience patience;
  final List<EpochResult> history = new ArrayList<>();
  private Map<String, Generator.State> epochStart = Map.of();
  long step;

  TrainingState(TrainerBuilder<B> settings) {
    this.settings = settings;
    measures = new Measures(settings.metrics);
    patience = new Patience(settings.earlyStopping);
  }

  /** Complete passes. */
  int epochs() {
    return history.size();
  }

  /** Remembers where the generators stand: with them the same order can be drawn again. */
  void startEpoch() {
    measures.reset();
    epochStart = generators();
  }

  Map<String, Generator.State> generators() {
    Map<String, Generator.State> states = new LinkedHashMap<>();
    settings.generators.forEach((name, g) -> states.put(name, g.getState()));
    return states;
  }

  void generators(Map<String, Generator.State> states) {
    states.forEach(
        (name, state) -> {
          Generator g = settings.generators.get(name);
          if (g != null) {
            g.setState(state);
          }
        });
  }

  Map<String, Generator.State> epochStart() {
    return epochStart;
  }

  void save(Path file) {
    Checkpoint c = Checkpoint.of(settings.model).optimizer(settings.optimizer);
    if (settings.scheduling != null) {
      c.scheduler(settings.scheduling.scheduler());
    }
    settings.generators.forEach(c::generator);
    epochStart.forEach(
        (name, start) -> {
          Generator then = new Generator(0);
          then.setState(start);
          c.generator(EPOCH_START + name, then);
        });
    c.put("epoch", Integer.toString(epochs()));
    c.put("step", Long.toString(step));
    c.put("loss total", Double.toString(measures.lossTotal()));
    c.put("loss samples", Double.toString(measures.samples()));
    c.put("best", Double.toString(patience.best()));
    c.put("worse", Integer.toString(patience.worse()));
    for (EpochResult e : history) {
      e.values().forEach((name, v) -> c.put(HISTORY + e.epoch() + "." + name, Double.toString(v)));
    }
    patience.bestState().forEach((name, t) -> c.put(BEST + name, t));
    if (settings.average != null) {
      settings.average.stateDict().forEach((name, t) -> c.put(AVERAGE + name, t));
    }
    masters().forEach((name, t) -> c.put(MASTER + name, t));
    if (settings.scaler != null) {
      settings.scaler.stateDict().forEach((name, v) -> c.put(SCALER + name, "" + v[0]));
    }
    c.save(file);
  }

  /** The wide copies of the parameters by their index. */
  private Map<String, Tensor> masters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    if (settings.master != null) {
      List<Tensor> wide = settings.master.parameters();
      for (int i = 0; i < wide.size(); i++) {
        all.put(Integer.toString(i), wide.get(i).detach());
      }
    }
    return all;
  }

  /** Goes on from a file; all of it, or nothing if anything in it does not fit. */
  void load(Path file) {
    Checkpoint c = Checkpoint.load(file);
    Notes notes = new Notes(file, c.notes());
    int epoch = (int) notes.count("epoch", Integer.MAX_VALUE);
    long savedStep = notes.count("step", Long.MAX_VALUE);
    double lossTotal = notes.number("loss total");
    double samples = notes.number("loss samples");
    double best = notes.number("best");
    int worse = (int) notes.count("worse", Integer.MAX_VALUE);
    List<EpochResult> saved = notes.history(HISTORY, epoch);
    Map<String, double[]> scaling = notes.under(SCALER);
    if (settings.scaler != null) {
      checkScaling(file, scaling);
    } else if (!scaling.isEmpty()) {
      throw new FormatException(
          "[Trainer] %s was saved with a scaler; give the training one".formatted(file));
    }
    Map<String, Tensor> average = under(AVERAGE, c.userTensors());
    Map<String, Tensor> averaged =
        settings.average == null ? Map.of() : settings.average.stateDict();
    checkShapes(file, "averages", average, averaged);
    Map<String, Tensor> savedMasters = under(MASTER, c.userTensors());
    Map<String, Tensor> masters = masters();
    checkShapes(file, "master weights", savedMasters, masters);
    Map<String, Tensor> bestState = under(BEST, c.userTensors());
    if (!bestState.isEmpty()) {
      checkShapes(file, "best weights", bestState, settings.model.stateDict());
    }
    Map<String, Generator.State> present = read(c, "");
    Map<String, Generator.State> start = read(c, EPOCH_START);
    if (settings.scheduling == null) {
      c.restore(settings.model, settings.optimizer);
    } else {
      c.restore(settings.model, settings.optimizer, settings.scheduling.scheduler());
    }
    masters.forEach((name, t) -> t.copy_(Objects.requireNonNull(savedMasters.get(name))));
    if (settings.scaler != null) {
      settings.scaler.loadStateDict(scaling);
    }
    if (settings.average != null) {
      settings.average.loadStateDict(average);
    }
    generators(present);
    epochStart = start;
    step = savedStep;
    measures.restore(lossTotal, samples);
    patience.restore(best, worse, bestState);
    history.clear();
    history.addAll(saved);
  }

  private static void checkScaling(Path file, Map<String, double[]> scaling) {
    try {
      new GradScaler().loadStateDict(scaling);
    } catch (InvalidArgumentException e) {
      throw new FormatException(
          "[Trainer] the scaler of %s: %s; train without one if it was saved so"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static void checkShapes(
      Path file, String what, Map<String, Tensor> saved, Map<String, Tensor> own) {
    if (!shapes(saved).equals(shapes(own))) {
      throw new FormatException(
          "[Trainer] %s has %s of shapes %s, this training %s; make it as it was when it was saved"
              .formatted(file, what, shapes(saved), shapes(own)));
    }
  }

  private Map<String, Generator.State> read(Checkpoint c, String prefix) {
    Map<String, Generator.State> states = new LinkedHashMap<>();
    for (String name : settings.generators.keySet()) {
      Generator probe = new Generator(0);
      c.restore(prefix + name, probe);
      states.put(name, probe.getState());
    }
    return states;
  }

  private static Map<String, String> shapes(Map<String, Tensor> tensors) {
    Map<String, String> shapes = new TreeMap<>();
    tensors.forEach((name, t) -> shapes.put(name, t.shape().toString()));
    return shapes;
  }

  private static Map<String, Tensor> under(String prefix, Map<String, Tensor> all) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    all.forEach(
        (name, t) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), t);
          }
        });
    return found;
  }
}
