package io.gradus.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.LoaderPosition;
import io.gradus.data.TensorDataset;
import io.gradus.nn.Linear;
import io.gradus.optim.Adam;
import io.gradus.optim.AdamOptions;
import io.gradus.optim.AdamW;
import io.gradus.optim.Muon;
import io.gradus.optim.SGD;
import io.gradus.optim.schedule.ExponentialLR;
import io.gradus.optim.schedule.StepLR;
import io.gradus.random.Generator;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path dir;

  private static Tensor fixed(long seed, long... shape) {
    return Tensor.randn(Options.generator(new Generator(seed)), shape);
  }

  /** A training that can be left and gone on with. */
  private static final class Training {
    private final Linear model = new Linear(3, 2);
    private final Adam optimizer = new Adam(model.parameters(), AdamOptions.of(0.1));
    private final ExponentialLR scheduler = new ExponentialLR(optimizer, 0.9);
    private final Generator shuffle = new Generator(5);
    private final DataLoader<List<Tensor>, List<Tensor>> loader =
        DataLoader.of(new TensorDataset(fixed(3, 10, 3), fixed(4, 10, 2)), 3).shuffle(shuffle);
    private LoaderPosition position = new LoaderPosition(0, 0, shuffle.getState());

    Training(long seed) {
      model.weight().detach().copy_(fixed(seed, 2, 3));
      model.bias().detach().copy_(fixed(seed + 1, 2));
    }

    /** Trains until so many batches are done in all. */
    void until(long batches) {
      while (done() < batches) {
        shuffle.setState(position.shuffle());
        Iterator<List<Tensor>> pass = loader.from(position.batch());
        while (pass.hasNext() && done() < batches) {
          List<Tensor> batch = pass.next();
          optimizer.zeroGrad();
          model.call(batch.get(0)).sub(batch.get(1)).square().mean().backward();
          optimizer.step();
          position = new LoaderPosition(position.epoch(), position.batch() + 1, position.shuffle());
        }
        if (!pass.hasNext()) {
          scheduler.step();
          position = new LoaderPosition(position.epoch() + 1, 0, shuffle.getState());
        }
      }
    }

    private long done() {
      return position.epoch() * loader.size() + position.batch();
    }

    Checkpoint checkpoint() {
      return Checkpoint.of(model)
          .optimizer(optimizer)
          .scheduler(scheduler)
          .generator("shuffle", shuffle)
          .position(position)
          .put("note", "größe")
          .put("mean", Tensor.ones(2));
    }

    void resume(Checkpoint saved) {
      saved.restore(model, optimizer, scheduler);
      saved.restore("shuffle", shuffle);
      position = saved.position().orElseThrow();
    }
  }

  @Test
  @DisplayName("S12.4 a training that goes on from a checkpoint ends with the same bits")
  void resume() {
    for (long at = 1; at <= 9; at++) {
      Training whole = new Training(1);
      Training first = new Training(1);
      whole.until(12);
      first.until(at);
      Path path = dir.resolve("at" + at + ".safetensors");
      first.checkpoint().save(path);
      first.until(20);
      Training second = new Training(77);
      second.resume(Checkpoint.load(path));
      second.until(12);
      assertArrayEquals(
          whole.model.weight().detach().floatArray(),
          second.model.weight().detach().floatArray(),
          "left after batch " + at);
      assertArrayEquals(whole.scheduler.lastLr(), second.scheduler.lastLr());
      assertEquals(whole.shuffle.getState(), second.shuffle.getState());
    }
  }

  @Test
  void aCheckpointHoldsNotesAndTensors() {
    Training training = new Training(1);
    Checkpoint checkpoint = training.checkpoint();
    Path path = dir.resolve("notes");
    checkpoint.save(path);
    Checkpoint saved = Checkpoint.load(path);
    assertEquals(Map.of("note", "größe"), saved.notes());
    assertEquals(List.of("mean"), List.copyOf(saved.userTensors().keySet()));
    assertEquals(training.model.stateDict().keySet(), saved.model().keySet());
    assertTrue(saved.toString().contains("notes"));
    assertFalse(Checkpoint.of(training.model).position().isPresent());
    assertThrows(InvalidArgumentException.class, () -> saved.restore("other", new Generator(1)));
  }

  @Test
  void aSnapshotDoesNotChangeWithTheModel() {
    Training training = new Training(1);
    Checkpoint before = training.checkpoint();
    float[] weight = training.model.weight().detach().floatArray();
    training.until(3);
    assertArrayEquals(weight, before.model().get("weight").floatArray());
  }

  /** The checkpoint with one text of its metadata changed. */
  private Checkpoint changed(Path path, UnaryOperator<Map<String, String>> change) {
    try (Safetensors file = Safetensors.open(path)) {
      Map<String, String> texts = change.apply(new LinkedHashMap<>(file.metadata()));
      Path to = dir.resolve("changed");
      Safetensors.write(to, file.all(), texts);
      return Checkpoint.load(to);
    }
  }

  private static UnaryOperator<Map<String, String>> set(String key, String value) {
    return texts -> {
      texts.put(key, value);
      return texts;
    };
  }

  @Test
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    Training training = new Training(1);
    training.until(2);
    Path path = dir.resolve("good");
    training.checkpoint().save(path);
    Training other = new Training(9);
    float[] before = other.model.weight().detach().floatArray();
    Map<String, String> broken = new LinkedHashMap<>();
    broken.put("optimizer.kind", "SGD");
    broken.put("optimizer.groups and parameters", "1 7");
    broken.put("optimizer.group.0.lr", "fast");
    broken.put("optimizer.group.0.beta1", "7.0");
    broken.put("optimizer.group.0.amsgrad", "maybe");
    broken.put("optimizer.step.1", "-1");
    broken.put("scheduler.last_epoch", "1 2");
    broken.put("scheduler.base_lrs", "x");
    broken.put("scheduler.more", "1");
    broken.forEach(
        (key, value) -> {
          Checkpoint bad = changed(path, set(key, value));
          FormatException e =
              assertThrows(
                  FormatException.class,
                  () -> bad.restore(other.model, other.optimizer, other.scheduler),
                  key);
          assertTrue(
              e.getMessage().startsWith("[checkpoint] changed")
                  && e.getMessage().contains(key.substring(0, 9)),
              e.getMessage());
        });
    Checkpoint place = changed(path, set("loader.position", "1 -2 3 4"));
    assertThrows(FormatException.class, place::position);
    Checkpoint random = changed(path, set("generator.shuffle", "1"));
    assertThrows(FormatException.class, () -> random.restore("shuffle", other.shuffle));
    Checkpoint saved = Checkpoint.load(path);
    assertThrows(FormatException.class, () -> saved.restore(new Linear(4, 2)));
    assertThrows(
        FormatException.class,
        () -> saved.restore(other.model, new SGD(other.model.parameters(), SGD.Options.of(1))));
    assertThrows(
        FormatException.class,
        () -> saved.restore(other.model, other.optimizer, new StepLR(other.optimizer, 2, 0.5)));
    assertThrows(
        FormatException.class,
        () -> saved.restore(other.model, new AdamW(other.model.parameters(), AdamOptions.of(0.1))));
    assertArrayEquals(before, other.model.weight().detach().floatArray());
    assertEquals(0.1, other.optimizer.groups().get(0).lr());
  }

  @Test
  void filesThatAreNoCheckpointsAreRefused() {
    Path path = SampleFiles.in(dir, "model.safetensors");
    assertTrue(
        assertThrows(FormatException.class, () -> Checkpoint.load(path))
            .getMessage()
            .contains("gradus.checkpoint"));
    assertThrows(FormatException.class, () -> Checkpoint.load(SampleFiles.in(dir, "stored.npz")));
  }

  @Test
  void settingsOfEveryKindComeBack() {
    Linear model = new Linear(3, 2);
    Muon.Options settings =
        Muon.Options.of(0.3).coefficients(new Muon.Coefficients(1.5, -0.25, 1.0 / 3));
    Muon saved = new Muon(List.of(model.weight()), settings);
    Path path = dir.resolve("muon");
    Checkpoint.of(model).optimizer(saved).save(path);
    Muon fresh = new Muon(List.of(model.weight()), 9);
    Checkpoint.load(path).restore(model, fresh);
    assertEquals(settings, fresh.groups().get(0).options());
  }
}
