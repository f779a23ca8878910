package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.data.LoaderPosition;
import io.gradus.nn.Module;
import io.gradus.optim.Optimizer;
import io.gradus.optim.OptimizerState;
import io.gradus.optim.schedule.LRScheduler;
import io.gradus.random.Generator;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that a training needs to go on where it stood: model, optimizer, scheduler, random numbers,
 * the place in the data, and notes of the user.
 *
 * <pre>{@code
 * Checkpoint.of(model).optimizer(adam).scheduler(cosine)
 *     .generator("shuffle", shuffle).put("epoch", "3").save(path);
 * Checkpoint saved = Checkpoint.load(path);
 * saved.restore(model, adam, cosine);
 * saved.restore("shuffle", shuffle);
 * }</pre>
 *
 * <p>A checkpoint is a snapshot: training on does not change it. The file is a safetensors file
 * (tensors {@code model.NAME}, {@code optimizer.INDEX.NAME}, {@code user.NAME}; everything else in
 * its metadata), so that other programs can read it; it is replaced only when the new one is
 * complete on disk.
 */
public final class Checkpoint {
  static final String VERSION_KEY = "gradus.checkpoint";
  private static final String VERSION = "1";
  private static final String MODEL = "model.";
  private static final String USER = "user.";
  private static final String GENERATOR = "generator.";
  private static final String SCHEDULER = "scheduler.";
  private static final String SCHEDULER_KIND = "scheduler kind";
  private static final String POSITION = "loader.position";

  private final Where where;
  private final Map<String, Tensor> tensors;
  private final Map<String, String> texts;

  private Checkpoint(Where where, Map<String, Tensor> tensors, Map<String, String> texts) {
    this.where = where;
    this.tensors = tensors;
    this.texts = texts;
  }

  /** A snapshot of a model's parameters and buffers; add the rest, then {@link #save}. */
  public static Checkpoint of(Module model) {
    Checkpoint checkpoint =
        new Checkpoint(
            Where.file("checkpoint", "(not saved)"), new LinkedHashMap<>(), new LinkedHashMap<>());
    checkpoint.texts.put(VERSION_KEY, VERSION);
    model
        .stateDict()
        .forEach((name, t) -> checkpoint.tensors.put(MODEL + name, t.detach().clone()));
    return checkpoint;
  }

  /** Adds the settings and the state of an optimizer. */
  public Checkpoint optimizer(Optimizer<?> optimizer) {
    SavedOptimizer.save(optimizer, tensors, texts);
    return this;
  }

  /** Adds the state of a scheduler; its rates are the optimizer's. */
  public Checkpoint scheduler(LRScheduler scheduler) {
    texts.put(SCHEDULER_KIND, scheduler.getClass().getSimpleName());
    scheduler
        .stateDict()
        .forEach((name, numbers) -> texts.put(SCHEDULER + name, Numbers.text(numbers)));
    return this;
  }

  /** Adds where a source of random numbers stands, under a name. */
  public Checkpoint generator(String name, Generator generator) {
    texts.put(GENERATOR + name, text(generator.getState()));
    return this;
  }

  /** Adds the place in the data. */
  public Checkpoint position(LoaderPosition position) {
    texts.put(POSITION, position.epoch() + " " + position.batch() + " " + text(position.shuffle()));
    return this;
  }

  /** Adds a note. */
  public Checkpoint put(String key, String value) {
    texts.put(USER + key, value);
    return this;
  }

  /** Adds a copy of a tensor of the user's. */
  public Checkpoint put(String key, Tensor value) {
    tensors.put(USER + key, value.detach().clone());
    return this;
  }

  private static String text(Generator.State state) {
    return state.seed() + " " + state.stream();
  }

  /** Writes the file; the one that was there is replaced only when all is on disk. */
  public void save(Path path) {
    Safetensors.write(path, tensors, texts);
  }

  /** {@link #load(Path, Limits)} with the usual limits. */
  public static Checkpoint load(Path path) {
    return load(path, Limits.DEFAULT);
  }

  /**
   * Reads a file; nothing is restored yet.
   *
   * @throws FormatException for a malformed file, and for one that is no checkpoint
   */
  public static Checkpoint load(Path path, Limits limits) {
    return load(Content.open(path), limits);
  }

  static Checkpoint load(Content content, Limits limits) {
    Where where = Where.file("checkpoint", content.name());
    try (Safetensors file = Safetensors.open(content, limits)) {
      String version = file.metadata().get(VERSION_KEY);
      if (!VERSION.equals(version)) {
        throw where
            .key(VERSION_KEY)
            .malformed("version '%s', expected '%s'", Where.clip(version), VERSION);
      }
      return new Checkpoint(where, file.all(), new LinkedHashMap<>(file.metadata()));
    }
  }

  /** The model's tensors by name, as {@code stateDict()} gives them. */
  public Map<String, Tensor> model() {
    return under(MODEL, tensors);
  }

  /** The notes. */
  public Map<String, String> notes() {
    return under(USER, texts);
  }

  /** The tensors that were added by hand. */
  public Map<String, Tensor> userTensors() {
    return under(USER, tensors);
  }

  /** The place in the data, if there is one. */
  public Optional<LoaderPosition> position() {
    if (!texts.containsKey(POSITION)) {
      return Optional.empty();
    }
    long[] n = Numbers.longs(where.key(POSITION), texts.get(POSITION), 4);
    if (n[0] < 0 || n[1] < 0) {
      throw where.key(POSITION).malformed("epoch %d and batch %d, expected 0 or more", n[0], n[1]);
    }
    return Optional.of(new LoaderPosition(n[0], n[1], new Generator.State(n[2], n[3])));
  }

  private static <V> Map<String, V> under(String prefix, Map<String, V> all) {
    Map<String, V> found = new LinkedHashMap<>();
    all.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return Collections.unmodifiableMap(found);
  }

  /**
   * Copies the saved tensors into a model.
   *
   * @throws FormatException listing what is missing, unexpected or misshapen; then nothing changed
   */
  public void restore(Module model) {
    model.loadStateDict(model());
  }

  /**
   * Restores a model and its optimizer, both or none.
   *
   * @throws FormatException if either does not fit, or the checkpoint has no optimizer
   */
  public <O extends Optimizer.Options<O>> void restore(Module model, Optimizer<O> optimizer) {
    OptimizerState<O> state = SavedOptimizer.read(where, optimizer, tensors, texts);
    model.loadStateDict(model());
    optimizer.loadStateDict(state);
  }

  /**
   * Restores a model, its optimizer and its scheduler, all or none.
   *
   * @throws FormatException if one does not fit, or is not in the checkpoint
   */
  public <O extends Optimizer.Options<O>> void restore(
      Module model, Optimizer<O> optimizer, LRScheduler scheduler) {
    Map<String, double[]> rates = schedulerState(scheduler);
    restore(model, optimizer);
    scheduler.loadStateDict(rates);
  }

  private Map<String, double[]> schedulerState(LRScheduler scheduler) {
    String kind = scheduler.getClass().getSimpleName();
    if (!kind.equals(texts.get(SCHEDULER_KIND))) {
      throw where
          .key(SCHEDULER_KIND)
          .malformed("the scheduler %s, expected %s", Where.clip(texts.get(SCHEDULER_KIND)), kind);
    }
    Map<String, double[]> own = scheduler.stateDict();
    Map<String, String> saved = under(SCHEDULER, texts);
    if (!saved.keySet().equals(own.keySet())) {
      throw where
          .key("scheduler")
          .malformed(
              "the state %s, but a %s has %s", Where.clip(saved.keySet()), kind, own.keySet());
    }
    Map<String, double[]> state = new LinkedHashMap<>();
    own.forEach(
        (name, numbers) ->
            state.put(
                name,
                Numbers.doubles(where.key(SCHEDULER + name), saved.get(name), numbers.length)));
    return state;
  }

  /**
   * Sets a source of random numbers to where the one of this name stood.
   *
   * @throws InvalidArgumentException if none was saved under the name
   */
  public void restore(String name, Generator generator) {
    String state = texts.get(GENERATOR + name);
    if (state == null) {
      throw new InvalidArgumentException(
          "[checkpoint] %s has no generator '%s'; it has %s"
              .formatted(where.file(), name, under(GENERATOR, texts).keySet()));
    }
    long[] n = Numbers.longs(where.key(GENERATOR + name), state, 2);
    generator.setState(new Generator.State(n[0], n[1]));
  }

  @Override
  public String toString() {
    return "Checkpoint(%s: %d tensors, %d notes)"
        .formatted(where.file(), tensors.size(), notes().size());
  }
}
