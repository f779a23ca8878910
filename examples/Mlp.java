import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.DownloadException;
import io.gradus.graph.GradMode;
import io.gradus.io.Safetensors;
import io.gradus.metrics.Accuracy;
import io.gradus.nn.Flatten;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.random.Generator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network of two hidden layers on MNIST, in plain Java: {@code ./gradus java examples/Mlp.java
 * [epochs] [folder]}.
 *
 * <p>The folder has the four files of MNIST; else {@code $GRADUS_DATA/mnist} does. Without both
 * they are downloaded to {@code data/mnist}, 11 MB.
 */
public class Mlp {
  public static void main(String[] args) {
    int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    try {
      train(folder(args), epochs);
    } catch (DownloadException e) {
      System.out.println("NOT RUN: no MNIST, and " + e.getMessage());
    }
  }

  private static Path folder(String[] args) {
    return Stream.of(
            Optional.ofNullable(args.length > 1 ? Path.of(args[1]) : null),
            Optional.ofNullable(System.getenv("GRADUS_DATA")).map(d -> Path.of(d, "mnist")),
            Optional.of(Path.of("..", "shared", "data", "mnist")))
        .flatMap(Optional::stream)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseGet(() -> io.gradus.data.Mnist.download(Path.of("data", "mnist")));
  }

  private static void train(Path folder, int epochs) {
    Generator.defaultGenerator().manualSeed(1);
    long begin = System.nanoTime();
    var model =
        new Sequential(
            new Flatten(),
            new Linear(784, 256),
            new ReLU(),
            new Linear(256, 128),
            new ReLU(),
            new Linear(128, 10));
    var lossOf = new CrossEntropyLoss();
    var optimizer = new Adam(model.parameters(), 1e-3);
    var loader = DataLoader.of(io.gradus.data.Mnist.train(folder), 64).shuffle(new Generator(3));
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double sum = 0;
      for (List<Tensor> batch : loader) {
        Tensor loss = lossOf.call(model.call(batch.get(0)), batch.get(1));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        sum += loss.item().doubleValue();
      }
      System.out.printf("epoch %d  loss %.4f%n", epoch, sum / loader.size());
    }

    var accuracy = new Accuracy();
    try (var off = GradMode.noGrad()) {
      for (List<Tensor> batch : DataLoader.of(io.gradus.data.Mnist.test(folder), 500)) {
        accuracy.update(model.call(batch.get(0)), batch.get(1));
      }
    }
    Safetensors.write(Path.of("mlp.safetensors"), model.stateDict());
    System.out.printf(
        "test accuracy %.2f %% after %d epochs, %.1f s%n",
        100 * accuracy.compute(), epochs, (System.nanoTime() - begin) / 1e9);
  }
}
