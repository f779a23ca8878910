import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.Splits;
import io.gradus.data.TensorDataset;
import io.gradus.metrics.Accuracy;
import io.gradus.nn.Linear;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.random.Generator;
import io.gradus.train.History;
import io.gradus.train.Trainer;
import java.util.List;

/** Logistic regression, in plain Java: {@code ./gradus java examples/Iris.java [epochs]}. */
public class Iris {
  public static void main(String[] args) {
    int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 60;
    Generator.defaultGenerator().manualSeed(1);
    List<Tensor> flowers = io.gradus.data.Iris.load().tensors();
    Tensor x = flowers.get(0);
    var scaled = new TensorDataset(x.sub(x.mean(0)).div(x.std(0)), flowers.get(1));
    var parts = Splits.randomSplit(scaled, new double[] {8, 2}, new Generator(7));

    var shuffle = new Generator(3);
    var model = new Linear(4, 3);
    Trainer<List<Tensor>> trainer =
        Trainer.of(model, new CrossEntropyLoss(), new Adam(model.parameters(), 0.05))
            .metric("accuracy", Accuracy::new)
            .generator("shuffle", shuffle)
            .build();
    History history = trainer.fit(DataLoader.of(parts.get(0), 16).shuffle(shuffle), epochs);
    System.out.println(history.epochs().getLast());
    double accuracy = trainer.evaluate(DataLoader.of(parts.get(1), 30)).get("accuracy");
    System.out.printf("test accuracy %.2f %%%n", 100 * accuracy);
  }
}
