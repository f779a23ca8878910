package io.gradus.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.TensorDataset;
import io.gradus.metrics.Accuracy;
import io.gradus.nn.Dropout;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.optim.AveragedModel;
import io.gradus.optim.Averaging;
import io.gradus.optim.GradScaler;
import io.gradus.optim.LBFGS;
import io.gradus.optim.MasterWeights;
import io.gradus.optim.SGD;
import io.gradus.optim.schedule.ReduceLROnPlateau;
import io.gradus.optim.schedule.StepLR;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.FormatException;
import io.gradus.tensor.error.InvalidArgumentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final int SAMPLES = 50;

  @TempDir Path folder;

  private static TensorDataset data() {
    Tensor x = Tensor.randn(Options.generator(new Generator(11)), SAMPLES, 4);
    return new TensorDataset(x, x.argmax(1));
  }

  /** All that a training consists of, always the same at the start. */
  private static final class Run {
    final Generator shuffle = new Generator(3);
    final Generator drop = new Generator(4);
    final Sequential model = net(drop);
    final AveragedModel<Sequential> average =
        new AveragedModel<>(model, net(new Generator(0)), Averaging.exponential(0.9));
    final Adam optimizer = new Adam(model.parameters(), 0.01);
    final TrainerBuilder<List<Tensor>> settings =
        Trainer.of(model, new CrossEntropyLoss(), optimizer)
            .scheduler(new StepLR(optimizer, 2, 0.5))
            .scaler(new GradScaler(GradScaler.Options.DEFAULT.growthInterval(3)))
            .average(average)
            .clipNorm(1)
            .metric("accuracy", Accuracy::new)
            .validation(DataLoader.of(data(), 20))
            .earlyStopping(EarlyStopping.min("validation loss", 100).restoreBest(true))
            .generator("shuffle", shuffle)
            .generator("dropout", drop);
    final DataLoader<List<Tensor>, List<Tensor>> loader =
        DataLoader.of(data(), 8).shuffle(shuffle).workers(2);

    private static Sequential net(Generator drop) {
      Sequential net =
          new Sequential(new Linear(4, 16), new ReLU(), new Dropout(0.3, drop), new Linear(16, 4));
      Generator start = new Generator(1);
      net.parameters()
          .forEach(
              p ->
                  p.detach()
                      .copy_(Tensor.randn(Options.generator(start), p.shape().toArray()).mul(0.3)));
      return net;
    }

    void assertSame(Run other) {
      assertState(model.stateDict(), other.model.stateDict());
      assertState(average.stateDict(), other.average.stateDict());
      assertEquals(shuffle.getState(), other.shuffle.getState());
    }

    private static void assertState(Map<String, Tensor> a, Map<String, Tensor> b) {
      assertEquals(a.keySet(), b.keySet());
      a.forEach(
          (name, t) -> assertArrayEquals(t.doubleArray(), b.get(name).doubleArray(), 0, name));
    }
  }

  @Test
  void trainingLearnsAndKeepsItsHistory() {
    Run run = new Run();
    Trainer<List<Tensor>> trainer = run.settings.build();
    History history = trainer.fit(run.loader, 30);
    double[] loss = history.values("loss");
    assertEquals(30, loss.length);
    assertTrue(loss[29] < 0.7 * loss[0], () -> loss[0] + " to " + loss[29]);
    assertTrue(history.values("validation accuracy")[29] > 0.8);
    assertEquals(0.01, history.epochs().get(1).values().get("lr"), 1e-12);
    assertEquals(0.005, history.epochs().get(2).values().get("lr"), 1e-12);
    assertTrue(run.model.isTraining());
    assertEquals(
        history.epochs().get(29).values().get("validation accuracy"),
        trainer.evaluate(DataLoader.of(data(), 7)).get("accuracy"),
        0.1);
    assertThrows(InvalidArgumentException.class, () -> history.values("f1"));
  }

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
  void earlyStoppingEndsAndGivesBackTheBestParameters() {
    Run run = new Run();
    List<double[]> seen = new ArrayList<>();
    SGD wild = new SGD(run.model.parameters(), 0.05);
    History history =
        Trainer.of(run.model, new CrossEntropyLoss(), wild)
            .validation(DataLoader.of(data(), 50))
            .earlyStopping(EarlyStopping.min("validation loss", 1).restoreBest(true))
            .callback(
                new Callback() {
                  @Override
                  public void epochDone(EpochResult result) {
                    seen.add(run.model.parameters().get(0).doubleArray());
                    wild.groups().get(0).lr(result.epoch() < 3 ? 0.05 : 50);
                  }
                })
            .build()
            .fit(run.loader, 100);
    assertEquals(5, history.epochs().size());
    assertArrayEquals(seen.get(2), run.model.parameters().get(0).doubleArray());
  }

  @Test
  void accumulatedBatchesAreOneLargeBatch() {
    Run small = new Run();
    Run large = new Run();
    small.model.eval();
    large.model.eval();
    Trainer.of(plain(small), new CrossEntropyLoss(), new SGD(small.model.parameters(), 0.1))
        .accumulate(5)
        .build()
        .fit(DataLoader.of(data(), 10), 1);
    Trainer.of(plain(large), new CrossEntropyLoss(), new SGD(large.model.parameters(), 0.1))
        .build()
        .fit(DataLoader.of(data(), 50), 1);
    assertArrayEquals(
        large.model.parameters().get(0).floatArray(),
        small.model.parameters().get(0).floatArray(),
        1e-6f);
  }

  @Test
  void theLastGroupOfBatchesIsDividedByItsSize() {
    Run run = new Run();
    Sequential model = plain(run);
    Run other = new Run();
    Sequential expected = plain(other);
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
        .fit(DataLoader.of(data(), 10), 1);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps);
    SGD sgd = new SGD(expected.parameters(), 0.1);
    for (int[] range : new int[][] {{0, 20}, {20, 20}, {40, 10}}) {
      List<Tensor> all = data().tensors();
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
    Sequential model = plain(run);
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
        DataLoader.of(data(), 10).shuffle(whole.shuffle);
    History history = newton(whole, folder.resolve("whole.safetensors")).fit(loader, 4);
    double[] loss = history.values("loss");
    assertTrue(loss[3] < 0.5 * loss[0], () -> loss[0] + " to " + loss[3]);
    Path file = folder.resolve("part.safetensors");
    Run first = new Run();
    newton(first, file).fit(DataLoader.of(data(), 10).shuffle(first.shuffle), 2);
    Run second = new Run();
    newton(second, file).fit(DataLoader.of(data(), 10).shuffle(second.shuffle), 4);
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
    final Sequential model = narrow(plain(run));
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
      return settings.build().fit(DataLoader.of(data(), 8).shuffle(run.shuffle), epochs);
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
        Trainer.of(plain(plain), new CrossEntropyLoss(), new Adam(plain(plain).parameters(), 0.01))
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
        .validation(DataLoader.of(data(), 50))
        .earlyStopping(EarlyStopping.min("validation loss", 0).restoreBest(true));
    mixed.fit(3);
    for (int i = 0; i < wide.size(); i++) {
      assertArrayEquals(
          mixed.model.parameters().get(i).to(DType.F32).floatArray(), wide.get(i).floatArray());
    }
  }

  /** The same layers without dropout. */
  private static Sequential plain(Run run) {
    return new Sequential(run.model.get(0), run.model.get(1), run.model.get(3));
  }

  @Test
  void aPlateauIsFollowed() {
    Run run = new Run();
    SGD still = new SGD(run.model.parameters(), 1e-6);
    Trainer.of(run.model, new CrossEntropyLoss(), still)
        .plateau(
            new ReduceLROnPlateau(still, ReduceLROnPlateau.Options.DEFAULT.patience(1)),
            "validation loss")
        .validation(DataLoader.of(data(), 50))
        .build()
        .fit(run.loader, 4);
    assertEquals(1e-7, still.groups().get(0).lr(), 1e-15);
  }

  @Test
  void badSettingsAreRefused() {
    Run run = new Run();
    assertThrows(InvalidArgumentException.class, () -> run.settings.clipNorm(0));
    assertThrows(InvalidArgumentException.class, () -> run.settings.accumulate(0));
    assertThrows(InvalidArgumentException.class, () -> run.settings.metric("loss", Accuracy::new));
    assertThrows(
        InvalidArgumentException.class, () -> run.settings.metric("accuracy", Accuracy::new));
    assertThrows(
        InvalidArgumentException.class, () -> run.settings.generator("default", new Generator(1)));
    assertThrows(
        InvalidArgumentException.class,
        () ->
            run.settings.scheduler(
                new ReduceLROnPlateau(run.optimizer, ReduceLROnPlateau.Options.DEFAULT)));
    assertThrows(InvalidArgumentException.class, () -> new Checkpoints(Path.of("x"), 0, 0, true));
    assertThrows(InvalidArgumentException.class, () -> EarlyStopping.min("loss", -1));
    assertThrows(InvalidArgumentException.class, () -> run.settings.build().fit(run.loader, -1));
    Trainer<List<Tensor>> three = run.settings.build();
    assertThrows(
        InvalidArgumentException.class, () -> three.evaluate(List.of(List.of(Tensor.zeros(1, 4)))));
  }

  @Test
  void progressIsALineAnEpochWhereNobodyWatches() {
    Run run = new Run();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    run.settings.callback(Progress.lines(out)).build().fit(run.loader, 2);
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).startsWith("epoch 2  lr "), lines.get(1));
    assertTrue(lines.get(1).contains("validation accuracy "), lines.get(1));
    assertFalse(lines.get(0).contains("\r"));
  }

  @Test
  void aBarIsFullWhenTheEpochIsOver() {
    Run run = new Run();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    run.settings.callback(Progress.bar(out)).build().fit(run.loader, 1);
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("7/7"), text);
    assertTrue(text.lines().anyMatch(l -> l.startsWith("epoch 1  lr ")), text);
  }
}
