package io.gradus.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.Digits;
import io.gradus.data.Splits;
import io.gradus.data.Subset;
import io.gradus.metrics.Accuracy;
import io.gradus.metrics.Average;
import io.gradus.metrics.F1Score;
import io.gradus.metrics.Metric;
import io.gradus.nn.Linear;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.optim.schedule.StepLR;
import io.gradus.random.Generator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/training.md, run. */
class TrainingGuideTest {
  @TempDir Path dir;

  @Test
  void aTrainerAndAMetric() {
    List<Subset<List<Tensor>>> parts =
        Splits.randomSplit(Digits.load(), new double[] {8, 2}, new Generator(7));
    var trainSet = parts.get(0);
    var validationSet = parts.get(1);
    var model = new Linear(64, 10);
    var shuffle = new Generator(3);
    var loader = DataLoader.of(trainSet, 64).shuffle(shuffle);
    var optimizer = new Adam(model.parameters(), 1e-2);
    Path file = dir.resolve("run.safetensors");
    History history =
        Trainer.of(model, new CrossEntropyLoss(), optimizer)
            .scheduler(new StepLR(optimizer, 10, 0.5))
            .metric("accuracy", Accuracy::new)
            .validation(DataLoader.of(validationSet, 256))
            .earlyStopping(EarlyStopping.min("validation loss", 5).restoreBest(true))
            .clipNorm(1)
            .generator("shuffle", shuffle)
            .checkpoints(Checkpoints.everySteps(file, 500))
            .build()
            .fit(loader, 4);
    double[] curve = history.values("validation accuracy");
    assertEquals(4, curve.length);
    assertTrue(Files.exists(file));

    Metric<Double> f1 = new F1Score(10, Average.MACRO);
    for (List<Tensor> batch : loader) {
      f1.update(model.call(batch.get(0)), batch.get(1));
    }
    assertTrue(f1.compute() > 0.8, () -> "F1 " + f1.compute());
  }
}
