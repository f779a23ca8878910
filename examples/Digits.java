import io.gradus.Tensor;
import io.gradus.data.DataLoader;
import io.gradus.data.Dataset;
import io.gradus.data.Splits;
import io.gradus.graph.GradMode;
import io.gradus.nn.Linear;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.Adam;
import io.gradus.random.Generator;
import java.util.List;

/** The plain-Java version of digits.gradus.kts: {@code ./gradus java examples/Digits.java}. */
public class Digits {
  public static void main(String[] args) {
    int epochs = args.length > 0 ? Integer.parseInt(args[0]) : 40;
    Generator.defaultGenerator().manualSeed(1);
    var parts =
        Splits.randomSplit(io.gradus.data.Digits.load(), new double[] {8, 1, 1}, new Generator(7));
    var model = new Sequential(new Linear(64, 64), new ReLU(), new Linear(64, 10));
    var lossOf = new CrossEntropyLoss();
    var optimizer = new Adam(model.parameters(), 3e-3);
    var loader = DataLoader.of(parts.get(0), 32).shuffle(new Generator(3));
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double total = 0;
      for (List<Tensor> batch : loader) {
        Tensor loss = lossOf.call(model.call(batch.get(0)), batch.get(1));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        total += loss.item().doubleValue();
      }
      System.out.printf(
          "epoch %2d  loss %.4f  validation accuracy %.2f %%%n",
          epoch, total / loader.size(), 100 * accuracy(model, parts.get(1)));
    }
    System.out.printf("test accuracy %.2f %%%n", 100 * accuracy(model, parts.get(2)));
  }

  private static double accuracy(Sequential model, Dataset<List<Tensor>> set) {
    try (var off = GradMode.noGrad()) {
      long correct = 0;
      for (List<Tensor> batch : DataLoader.of(set, 256)) {
        Tensor answer = model.call(batch.get(0)).argmax(1);
        correct += answer.eq(batch.get(1)).sum().item().longValue();
      }
      return (double) correct / set.size();
    }
  }
}
