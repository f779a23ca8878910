package io.gradus.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.Tensor;
import io.gradus.io.Safetensors;
import io.gradus.nn.Sequential;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.SGD;
import io.gradus.random.Generator;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that go on from their checkpoints. */
class ResumingTest {
  @TempDir Path folder;

  @Test
  @DisplayName("S12.4 two epochs and three after a checkpoint are five, bit for bit")
  void resumingIsExact() {
    Run whole = new Run();
    History expected = whole.settings.build().fit(whole.loader, 5);
    Checkpoints file = Checkpoints.everyEpochs(folder.resolve("run.safetensors"), 1);
    Run first = new Run();
    first.settings.checkpoints(file).build().fit(first.loader, 2);
    Run second = new Run();
    History all = second.settings.checkpoints(file).build().fit(second.loader, 5);
    assertEquals(expected, all);
    whole.assertSame(second);
  }

  @Test
  @DisplayName("S12.4 a training that was stopped in the middle of an epoch goes on, bit for bit")
  void resumingInTheMiddleIsExact() {
    Run whole = new Run();
    whole.settings.build().fit(whole.loader, 3);
    Checkpoints file = Checkpoints.everySteps(folder.resolve("run.safetensors"), 3);
    for (int stop : new int[] {2, 5, 4, 11}) {
      Run part = new Run();
      Trainer<?>[] trainer = new Trainer<?>[1];
      int[] steps = {stop};
      Trainer<List<Tensor>> built =
          part.settings
              .checkpoints(file)
              .callback(
                  new Callback() {
                    @Override
                    public void stepDone(Step step) {
                      if (--steps[0] == 0) {
                        trainer[0].stop();
                      }
                    }
                  })
              .build();
      trainer[0] = built;
      built.fit(part.loader, 3);
    }
    Run last = new Run();
    last.settings.checkpoints(file).build().fit(last.loader, 3);
    whole.assertSame(last);
  }

  @Test
  void aTrainingThatFailsGoesOnFromItsLastCheckpoint() {
    Run whole = new Run();
    whole.settings.build().fit(whole.loader, 2);
    Checkpoints file = Checkpoints.everySteps(folder.resolve("run.safetensors"), 2);
    Run failing = new Run();
    Trainer<List<Tensor>> trainer =
        failing
            .settings
            .checkpoints(file)
            .callback(
                new Callback() {
                  @Override
                  public void stepDone(Step step) {
                    if (step.step() == 5) {
                      throw new IllegalStateException("power cut");
                    }
                  }
                })
            .build();
    assertThrows(IllegalStateException.class, () -> trainer.fit(failing.loader, 2));
    Run second = new Run();
    second.settings.checkpoints(file).build().fit(second.loader, 2);
    whole.assertSame(second);
  }

  @Test
  void filesThatDoNotFitAreRefused() throws IOException {
    Path path = folder.resolve("run.safetensors");
    Files.writeString(path, "not a checkpoint");
    Run run = new Run();
    float[] before = run.model.parameters().get(0).floatArray();
    Trainer<List<Tensor>> trainer =
        run.settings.checkpoints(Checkpoints.everyEpochs(path, 1)).build();
    assertThrows(FormatException.class, () -> trainer.fit(run.loader, 1));
    assertArrayEquals(before, run.model.parameters().get(0).floatArray());
    Files.delete(path);
    trainer.fit(run.loader, 1);
    Sequential model = Run.net(new Generator(0));
    Trainer<List<Tensor>> other =
        Trainer.of(model, new CrossEntropyLoss(), new SGD(model.parameters(), 0.1))
            .checkpoints(Checkpoints.everyEpochs(path, 1))
            .build();
    assertThrows(FormatException.class, () -> other.fit(run.loader, 2));
  }

  @Test
  void theHistoryIsPrintedInItsOrderAfterGoingOn() {
    Checkpoints file = Checkpoints.everyEpochs(folder.resolve("run.safetensors"), 1);
    Run first = new Run();
    String before = first.settings.checkpoints(file).build().fit(first.loader, 2).toString();
    Run second = new Run();
    assertEquals(
        before, second.settings.checkpoints(file).build().fit(second.loader, 2).toString());
  }

  /** What of a training must not change when a file is refused. */
  private static Map<String, String> contents(Run run) {
    Map<String, String> all = new TreeMap<>();
    run.model.stateDict().forEach((name, t) -> all.put(name, Arrays.toString(t.floatArray())));
    run.average
        .stateDict()
        .forEach((name, t) -> all.put("average " + name, Arrays.toString(t.doubleArray())));
    all.put("optimizer", run.optimizer.stateDict().toString().replaceAll("@[0-9a-f]+", ""));
    all.put("rate", run.optimizer.groups().get(0).toString());
    all.put("shuffle", run.shuffle.getState().toString());
    return all;
  }

  private void assertAllOrNothing(
      String what, Map<String, Tensor> tensors, Map<String, String> texts, boolean refused) {
    Path path = folder.resolve("changed.safetensors");
    Safetensors.write(path, tensors, texts);
    Run run = new Run();
    Map<String, String> before = contents(run);
    Trainer<List<Tensor>> trainer =
        run.settings.checkpoints(Checkpoints.everyEpochs(path, 100)).build();
    try {
      trainer.fit(run.loader, 0);
      assertFalse(refused, () -> "accepted " + what);
    } catch (FormatException | InvalidArgumentException e) {
      assertEquals(before, contents(run), () -> "half restored: " + what);
      assertEquals(List.of(), trainer.history().epochs());
    }
  }

  @Test
  @DisplayName("S13 a checkpoint with anything that does not fit changes nothing")
  void changedCheckpointsRestoreAllOrNothing() {
    Path path = folder.resolve("run.safetensors");
    Run saved = new Run();
    saved.settings.checkpoints(Checkpoints.everyEpochs(path, 1)).build().fit(saved.loader, 2);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    try (Safetensors file = Safetensors.open(path)) {
      tensors.putAll(file.all());
      texts.putAll(file.metadata());
    }
    assertAllOrNothing("the whole file", tensors, texts, false);
    for (String key : texts.keySet()) {
      boolean needed = !key.startsWith("user.history.1.") && !key.startsWith("user.history.2.");
      Map<String, String> without = new LinkedHashMap<>(texts);
      without.remove(key);
      assertAllOrNothing("without " + key, tensors, without, needed);
      for (String value : List.of("-1", "NaN", "1e300", "2147483647", "x", "")) {
        Map<String, String> changed = new LinkedHashMap<>(texts);
        changed.put(key, value);
        assertAllOrNothing(key + " = " + value, tensors, changed, value.equals("x"));
      }
    }
    for (String key : tensors.keySet()) {
      Map<String, Tensor> changed = new LinkedHashMap<>(tensors);
      changed.put(key, Tensor.ones(3, 2, 1));
      assertAllOrNothing(key + " of another shape", changed, texts, true);
      changed.remove(key);
      assertAllOrNothing("without " + key, changed, texts, !key.startsWith("optimizer."));
    }
  }
}
