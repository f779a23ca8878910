import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.DownloadException;
import io.gradus.metrics.Accuracy;
import io.gradus.nn.Dropout;
import io.gradus.nn.Flatten;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.conv.Conv2d;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.nn.pool.MaxPool2d;
import io.gradus.optim.Adam;
import io.gradus.optim.schedule.OneCycleLR;
import io.gradus.random.Generator;
import io.gradus.train.Progress;
import io.gradus.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A convolutional network on MNIST, in plain Java: {@code ./gradus java examples/Mnist.java
 * [epochs] [folder]}.
 *
 * <p>The folder has the four files of MNIST; else {@code $GRADUS_DATA/mnist} does. Without both
 * they are downloaded to {@code data/mnist}, 11 MB.
 */
public class Mnist {
  public static void main(String[] args) {
    int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 3;
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
    var shuffle = new Generator(3);
    DataLoader<List<Tensor>, List<Tensor>> loader =
        DataLoader.of(io.gradus.data.Mnist.train(folder), 64).shuffle(shuffle);
    var model =
        new Sequential(
            new Conv2d(1, 32, 5),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(32, 64, 5),
            new ReLU(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(1024, 128),
            new ReLU(),
            new Dropout(0.3),
            new Linear(128, 10));
    var optimizer = new Adam(model.parameters(), 1e-3);
    int steps = Math.max(1, epochs * (int) loader.size());
    Map<String, Double> last =
        Trainer.of(model, new CrossEntropyLoss(), optimizer)
            .schedulerEachStep(new OneCycleLR(optimizer, OneCycleLR.Options.of(2e-3, steps)))
            .metric("accuracy", Accuracy::new)
            .validation(DataLoader.of(io.gradus.data.Mnist.test(folder), 500))
            .generator("shuffle", shuffle)
            .callback(Progress.auto())
            .build()
            .fit(loader, epochs)
            .epochs()
            .getLast()
            .values();
    System.out.printf(
        "test accuracy %.2f %% after %d epochs, %.1f minutes%n",
        100 * last.get("validation accuracy"), epochs, (System.nanoTime() - begin) / 6e10);
  }
}
