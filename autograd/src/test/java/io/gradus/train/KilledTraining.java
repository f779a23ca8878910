package io.gradus.train;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.TensorDataset;
import io.gradus.nn.Dropout;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.Tanh;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.optim.schedule.StepLR;
import io.gradus.random.Generator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A training in a process of its own, which says each step and, in the end, its parameters. The
 * arguments are a file for checkpoints, how many steps apart they are, and after how many steps of
 * this process it waits for its end: so it cannot be done before it is killed.
 */
final class KilledTraining {
  static final int EPOCHS = 48;

  private KilledTraining() {}

  public static void main(String[] args) {
    Generator.defaultGenerator().manualSeed(5);
    Tensor x = Tensor.randn(Options.generator(new Generator(11)), 40, 4);
    Generator shuffle = new Generator(3);
    Sequential model =
        new Sequential(new Linear(4, 12), new Tanh(), new Dropout(0.3), new Linear(12, 4));
    Adam optimizer = new Adam(model.parameters(), 0.02);
    TrainerBuilder<List<Tensor>> settings =
        Trainer.of(model, new CrossEntropyLoss(), optimizer)
            .scheduler(new StepLR(optimizer, 5, 0.7))
            .generator("shuffle", shuffle);
    if (args.length > 1) {
      settings
          .checkpoints(new Checkpoints(Path.of(args[0]), 0, Integer.parseInt(args[1]), true))
          .callback(
              new Callback() {
                private int steps;

                @Override
                public void stepDone(Step step) {
                  System.out.println("step " + step.epoch() + "." + step.step());
                  if (++steps == Integer.parseInt(args[2])) {
                    awaitEnd();
                  }
                }
              });
    }
    settings
        .build()
        .fit(DataLoader.of(new TensorDataset(x, x.argmax(1)), 8).shuffle(shuffle), EPOCHS);
    System.out.println("parameters " + fingerprint(model));
  }

  /** Until the process that started this one closes the stream, or kills. */
  private static void awaitEnd() {
    try {
      int nothing = System.in.read();
      System.err.println("goes on after " + nothing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fingerprint(Sequential model) {
    StringBuilder bits = new StringBuilder();
    for (Tensor p : model.parameters()) {
      float[] values = p.floatArray();
      IntStream.range(0, values.length)
          .forEach(i -> bits.append(Integer.toHexString(Float.floatToRawIntBits(values[i]))));
    }
    return bits.toString();
  }
}
