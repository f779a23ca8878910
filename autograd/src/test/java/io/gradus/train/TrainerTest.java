package io.gradus.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.metrics.Accuracy;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.SGD;
import io.gradus.optim.schedule.ReduceLROnPlateau;
import io.gradus.random.Generator;
import io.gradus.tensor.error.InvalidArgumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
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
        trainer.evaluate(DataLoader.of(Run.data(), 7)).get("accuracy"),
        0.1);
    assertThrows(InvalidArgumentException.class, () -> history.values("f1"));
  }

  @Test
  void earlyStoppingEndsAndGivesBackTheBestParameters() {
    Run run = new Run();
    List<double[]> seen = new ArrayList<>();
    SGD wild = new SGD(run.model.parameters(), 0.05);
    History history =
        Trainer.of(run.model, new CrossEntropyLoss(), wild)
            .validation(DataLoader.of(Run.data(), 50))
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
  void aPlateauIsFollowed() {
    Run run = new Run();
    SGD still = new SGD(run.model.parameters(), 1e-6);
    Trainer.of(run.model, new CrossEntropyLoss(), still)
        .plateau(
            new ReduceLROnPlateau(still, ReduceLROnPlateau.Options.DEFAULT.patience(1)),
            "validation loss")
        .validation(DataLoader.of(Run.data(), 50))
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
}
