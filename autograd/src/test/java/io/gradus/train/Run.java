package io.gradus.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import io.gradus.optim.schedule.StepLR;
import io.gradus.random.Generator;
import java.util.List;
import java.util.Map;

/** All that a small training consists of, always the same at the start. */
final class Run {
  private static final int SAMPLES = 50;

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

  static Sequential net(Generator drop) {
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

  static void assertState(Map<String, Tensor> a, Map<String, Tensor> b) {
    assertEquals(a.keySet(), b.keySet());
    a.forEach((name, t) -> assertArrayEquals(t.doubleArray(), b.get(name).doubleArray(), 0, name));
  }

  static TensorDataset data() {
    Tensor x = Tensor.randn(Options.generator(new Generator(11)), SAMPLES, 4);
    return new TensorDataset(x, x.argmax(1));
  }

  /** The same layers without dropout. */
  Sequential plain() {
    return new Sequential(model.get(0), model.get(1), model.get(3));
  }
}
