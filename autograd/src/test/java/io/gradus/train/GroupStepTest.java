package io.gradus.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.metrics.Accuracy;
import io.gradus.nn.Sequential;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.optim.GradScaler;
import io.gradus.optim.LBFGS;
import io.gradus.optim.MasterWeights;
import io.gradus.optim.SGD;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of several batches, with closures, and with wide copies of narrow parameters. */
class GroupStepTest {
  @TempDir Path folder;

  @Test
  void accumulatedBatchesAreOneLargeBatch() {
    Run small = new Run();
    Run large = new Run();
    small.model.eval();
    large.model.eval();
    Trainer.of(small.plain(), new CrossEntropyLoss(), new SGD(small.model.parameters(), 0.1))
        .accumulate(5)
        .build()
        .fit(DataLoader.of(Run.data(), 10), 1);
    Trainer.of(large.plain(), new CrossEntropyLoss(), new SGD(large.model.parameters(), 0.1))
        .build()
        .fit(DataLoader.of(Run.data(), 50), 1);
    assertArrayEquals(
        large.model.parameters().get(0).floatArray(),
        small.model.parameters().get(0).floatArray(),
        1e-6f);
  }

  @Test
  void theLastGroupOfBatchesIsDividedByItsSize() {
    Run run = new Run();
    Sequential model = run.plain();
    Run other = new Run();
    Sequential expected = other.plain();
    List<Long> steps = new ArrayList<>();
    Trainer.of(model, new CrossEntropyLoss(), new SGD(model.parameters(), 0.1))
        .accumulate(2)
        .callback(
            new Callback() {
              @Override
              public void stepDone(Step step) {
                steps.add(step.step());
              }
            })
        .build()
        .fit(DataLoader.of(Run.data(), 10), 1);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps);
    SGD sgd = new SGD(expected.parameters(), 0.1);
    for (int[] range : new int[][] {{0, 20}, {20, 20}, {40, 10}}) {
      List<Tensor> all = Run.data().tensors();
      sgd.zeroGrad();
      new CrossEntropyLoss()
          .call(
              expected.call(all.get(0).narrow(0, range[0], range[1])),
              all.get(1).narrow(0, range[0], range[1]))
          .backward();
      sgd.step();
    }
    assertArrayEquals(
        expected.parameters().get(0).floatArray(), model.parameters().get(0).floatArray(), 1e-6f);
  }

  @Test
  void checkpointsAreSavedBetweenGroupsOfBatches() {
    Path file = folder.resolve("run.safetensors");
    Run whole = new Run();
    whole.settings.accumulate(3).build().fit(whole.loader, 2);
    Run part = new Run();
    Trainer<List<Tensor>> failing =
        part.settings
            .accumulate(3)
            .checkpoints(Checkpoints.everySteps(file, 4))
            .callback(
                new Callback() {
                  @Override
                  public void stepDone(Step step) {
                    if (step.step() == 7) {
                      throw new IllegalStateException("power cut");
                    }
                  }
                })
            .build();
    assertThrows(IllegalStateException.class, () -> failing.fit(part.loader, 2));
    assertTrue(Files.exists(file));
    Run rest = new Run();
    rest.settings
        .accumulate(3)
        .checkpoints(Checkpoints.everySteps(file, 4))
        .build()
        .fit(rest.loader, 2);
    whole.assertSame(rest);
  }

  /** A training by LBFGS, always the same at the start. */
  private static Trainer<List<Tensor>> newton(Run run, Path file) {
    LBFGS.Options options =
        LBFGS.Options.of(0.5).maxIterations(3).lineSearch(LBFGS.LineSearch.STRONG_WOLFE);
    Sequential model = run.plain();
    return Trainer.of(model, new CrossEntropyLoss(), new LBFGS(model.parameters(), options))
        .metric("accuracy", Accuracy::new)
        .accumulate(2)
        .generator("shuffle", run.shuffle)
        .checkpoints(Checkpoints.everySteps(file, 2))
        .build();
  }

  @Test
  void anOptimizerWithAClosureEvaluatesItsBatchesAgain() {
    Run whole = new Run();
    DataLoader<List<Tensor>, List<Tensor>> loader =
        DataLoader.of(Run.data(), 10).shuffle(whole.shuffle);
    History history = newton(whole, folder.resolve("whole.safetensors")).fit(loader, 4);
    double[] loss = history.values("loss");
    assertTrue(loss[3] < 0.5 * loss[0], () -> loss[0] + " to " + loss[3]);
    Path file = folder.resolve("part.safetensors");
    Run first = new Run();
    newton(first, file).fit(DataLoader.of(Run.data(), 10).shuffle(first.shuffle), 2);
    Run second = new Run();
    newton(second, file).fit(DataLoader.of(Run.data(), 10).shuffle(second.shuffle), 4);
    whole.assertSame(second);
    Run refused = new Run();
    TrainerBuilder<List<Tensor>> scaled =
        Trainer.of(refused.model, new CrossEntropyLoss(), new LBFGS(refused.model.parameters(), 1))
            .scaler(new GradScaler());
    assertThrows(InvalidArgumentException.class, scaled::build);
  }

  /** A training in f16 with masters and a scaler, always the same at the start. */
  private static final class Mixed {
    final Run run = new Run();
    final Sequential model = narrow(run.plain());
    final MasterWeights master = new MasterWeights(model.parameters());
    final TrainerBuilder<List<Tensor>> settings;

    private static Sequential narrow(Sequential wide) {
      wide.to(DType.F16);
      return wide;
    }

    Mixed() {
      CrossEntropyLoss loss = new CrossEntropyLoss();
      settings =
          Trainer.<List<Tensor>>of(
                  model,
                  batch -> {
                    Tensor output = model.call(batch.get(0).to(DType.F16)).to(DType.F32);
                    return new Objective.Outcome(
                        loss.call(output, batch.get(1)), output, batch.get(1));
                  },
                  new Adam(master.parameters(), 0.01))
              .masterWeights(master)
              .scaler(new GradScaler(GradScaler.Options.DEFAULT.initScale(1L << 24)))
              .clipNorm(1)
              .accumulate(2)
              .generator("shuffle", run.shuffle);
    }

    History fit(int epochs) {
      return settings.build().fit(DataLoader.of(Run.data(), 8).shuffle(run.shuffle), epochs);
    }
  }

  @Test
  void mixedPrecisionTrainsWideCopiesAndGoesOnWithThem() {
    Mixed whole = new Mixed();
    History history = whole.fit(20);
    double[] loss = history.values("loss");
    assertTrue(loss[19] < 0.7 * loss[0], () -> loss[0] + " to " + loss[19]);
    assertEquals(DType.F16, whole.model.parameters().get(0).dtype());
    Checkpoints file = Checkpoints.everySteps(folder.resolve("run.safetensors"), 2);
    Mixed first = new Mixed();
    first.settings.checkpoints(file);
    first.fit(7);
    Mixed second = new Mixed();
    second.settings.checkpoints(file);
    assertEquals(history, second.fit(20));
    Run.assertState(whole.model.stateDict(), second.model.stateDict());
    Run plain = new Run();
    Trainer<List<Tensor>> other =
        Trainer.of(
                plain.plain(), new CrossEntropyLoss(), new Adam(plain.plain().parameters(), 0.01))
            .generator("shuffle", plain.shuffle)
            .checkpoints(file)
            .build();
    assertThrows(FormatException.class, () -> other.fit(plain.loader, 30));
  }

  @Test
  void theBestNarrowParametersAreThoseOfTheCopiesToo() {
    Mixed mixed = new Mixed();
    List<Tensor> wide = mixed.master.parameters();
    mixed
        .settings
        .validation(DataLoader.of(Run.data(), 50))
        .earlyStopping(EarlyStopping.min("validation loss", 0).restoreBest(true));
    mixed.fit(3);
    for (int i = 0; i < wide.size(); i++) {
      assertArrayEquals(
          mixed.model.parameters().get(i).to(DType.F32).floatArray(), wide.get(i).floatArray());
    }
  }
}
