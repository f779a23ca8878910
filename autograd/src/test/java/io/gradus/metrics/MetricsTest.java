package io.gradus.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.NumericalException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers are worked out by hand, or by a second, direct form of the definition. */
class MetricsTest {
  private static final double EXACT = 1e-12;

  private static Tensor classes(long... labels) {
    return Tensor.tensor(labels);
  }

  @Test
  void accuracyCountsOverBatches() {
    Accuracy accuracy = new Accuracy();
    assertTrue(Double.isNaN(accuracy.compute()));
    accuracy.update(Tensor.tensor(0.1, 0.9, 0.7, 0.3).view(2, 2), classes(1, 1));
    accuracy.update(classes(2, 0, 1), classes(2, 0, 0));
    assertEquals(3.0 / 5, accuracy.compute(), EXACT);
    accuracy.reset();
    accuracy.update(classes(1), classes(0));
    assertEquals(0, accuracy.compute(), EXACT);
  }

  @Test
  void accuracyOfPixelsTakesTheClassesFromDimensionOne() {
    Accuracy accuracy = new Accuracy();
    Tensor scores = Tensor.tensor(1.0, 0.0, 0.0, 1.0).view(1, 2, 2);
    accuracy.update(scores, classes(0, 0).view(1, 2));
    assertEquals(0.5, accuracy.compute(), EXACT);
  }

  @Test
  void whatDoesNotFitIsRefusedAndNotCounted() {
    Accuracy accuracy = new Accuracy();
    assertThrows(ShapeException.class, () -> accuracy.update(classes(1, 2), classes(1)));
    assertThrows(
        DTypeException.class, () -> accuracy.update(Tensor.tensor(0.5, 0.2), classes(1, 0)));
    assertThrows(
        DTypeException.class, () -> accuracy.update(classes(1), Tensor.tensor(new double[] {1})));
    assertTrue(Double.isNaN(accuracy.compute()));
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    assertThrows(TensorIndexException.class, () -> matrix.update(classes(0, 2), classes(0, 1)));
    assertThrows(TensorIndexException.class, () -> matrix.update(classes(0, 1), classes(0, -1)));
    assertArrayEquals(new long[4], matrix.compute().longArray());
    assertThrows(InvalidArgumentException.class, () -> new ConfusionMatrix(0));
    assertThrows(InvalidArgumentException.class, () -> new TopKAccuracy(0));
    assertThrows(
        ShapeException.class,
        () -> new TopKAccuracy(3).update(Tensor.tensor(1.0, 2.0).view(1, 2), classes(0)));
    assertThrows(
        NumericalException.class,
        () -> new AUROC().update(Tensor.tensor(Double.NaN, 1.0), classes(0, 1)));
    assertThrows(
        TensorIndexException.class,
        () -> new AUROC().update(Tensor.tensor(0.0, 1.0), classes(0, 2)));
    assertThrows(
        ShapeException.class,
        () -> new R2Score().update(Tensor.tensor(0.0, 1.0), Tensor.tensor(0.0, 1.0).view(2, 1)));
  }

  @Test
  void topKBreaksTiesByTheLowerClass() {
    TopKAccuracy top = new TopKAccuracy(2);
    Tensor scores = Tensor.tensor(0.5, 0.2, 0.3, 1.0, 1.0, 1.0, 0.1, 0.2, 0.7).view(3, 3);
    top.update(scores, classes(2, 2, 0));
    assertEquals(1.0 / 3, top.compute(), EXACT);
    top.reset();
    top.update(scores, classes(0, 1, 1));
    assertEquals(1, top.compute(), EXACT);
  }

  /** The example of scikit-learn's documentation of confusion_matrix. */
  @Test
  void confusionHasRowsOfTargetsAndColumnsOfPredictions() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.update(classes(0, 0, 2), classes(2, 0, 2));
    matrix.update(classes(2, 0, 2), classes(2, 0, 1));
    assertArrayEquals(new long[] {2, 0, 0, 0, 0, 1, 1, 0, 2}, matrix.compute().longArray());
    assertArrayEquals(new long[] {3, 3}, matrix.compute().shape().toArray());
  }

  /** The example of scikit-learn's documentation of precision_score, recall_score and f1_score. */
  @Test
  void precisionRecallAndF1InAllAverages() {
    long[] actual = {0, 1, 2, 0, 1, 2};
    long[] predicted = {0, 2, 1, 0, 0, 1};
    assertEquals(2.0 / 9, score(new PrecisionScore(3, Average.MACRO), predicted, actual), EXACT);
    assertEquals(1.0 / 3, score(new PrecisionScore(3, Average.MICRO), predicted, actual), EXACT);
    assertEquals(2.0 / 9, score(new PrecisionScore(3, Average.WEIGHTED), predicted, actual), EXACT);
    assertEquals(1.0 / 3, score(new RecallScore(3, Average.MACRO), predicted, actual), EXACT);
    assertEquals(1.0 / 3, score(new RecallScore(3, Average.MICRO), predicted, actual), EXACT);
    assertEquals(4.0 / 15, score(new F1Score(3, Average.MACRO), predicted, actual), EXACT);
    assertEquals(1.0 / 3, score(new F1Score(3, Average.MICRO), predicted, actual), EXACT);
  }

  @Test
  void classesThatDoNotOccurDoNotCount() {
    PrecisionScore precision = new PrecisionScore(4, Average.MACRO);
    precision.update(classes(0, 0), classes(0, 1));
    assertArrayEquals(new double[] {0.5, 0, Double.NaN, Double.NaN}, precision.perClass(), EXACT);
    assertEquals(0.25, precision.compute(), EXACT);
    precision.reset();
    assertTrue(Double.isNaN(precision.compute()));
  }

  private static double score(Metric<Double> metric, long[] predicted, long[] actual) {
    metric.update(classes(predicted), classes(actual));
    return metric.compute();
  }

  /** The example of scikit-learn's documentation of roc_auc_score, and ties. */
  @Test
  void aurocCountsTiesHalf() {
    AUROC auroc = new AUROC();
    auroc.update(Tensor.tensor(0.1, 0.4), classes(0, 0));
    assertTrue(Double.isNaN(auroc.compute()));
    auroc.update(Tensor.tensor(0.35, 0.8), classes(1, 1));
    assertEquals(0.75, auroc.compute(), EXACT);
    auroc.reset();
    auroc.update(Tensor.tensor(0.5, 0.5, -0.0, 0.0), classes(1, 0, 1, 0));
    assertEquals((0.5 + 1 + 0 + 0.5) / 4, auroc.compute(), EXACT);
  }

  @Test
  void aurocIsTheShareOfPairsInOrder() {
    Generator g = new Generator(5);
    Tensor scores = Tensor.randint(Options.generator(g), 0, 20, new long[] {200});
    Tensor targets = Tensor.randint(Options.generator(g), 0, 2, new long[] {200});
    AUROC auroc = new AUROC();
    auroc.update(scores, targets);
    long[] s = scores.longArray();
    long[] t = targets.longArray();
    double wins = 0;
    int pairs = 0;
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 200; j++) {
        if (t[i] == 1 && t[j] == 0) {
          pairs++;
          wins += s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0;
        }
      }
    }
    assertEquals(wins / pairs, auroc.compute(), EXACT);
  }

  /** The examples of scikit-learn's documentation. */
  @Test
  void errorsOfRegressions() {
    Tensor actual = Tensor.tensor(3.0, -0.5, 2.0, 7.0);
    Tensor predicted = Tensor.tensor(2.5, 0.0, 2.0, 8.0);
    for (Metric<Double> m :
        List.of(new MeanSquaredError(), new MeanAbsoluteError(), new R2Score())) {
      m.update(predicted.narrow(0, 0, 1), actual.narrow(0, 0, 1));
      m.update(predicted.narrow(0, 1, 3), actual.narrow(0, 1, 3));
      double expected =
          switch (m) {
            case MeanSquaredError _ -> 0.375;
            case MeanAbsoluteError _ -> 0.5;
            default -> 1 - 1.5 / 29.1875;
          };
      assertEquals(expected, m.compute(), EXACT);
      m.reset();
      assertTrue(Double.isNaN(m.compute()));
    }
  }

  @Test
  void r2OfEqualTargetsIsOneOrZero() {
    R2Score r2 = new R2Score();
    r2.update(Tensor.tensor(1.0, 1.0), Tensor.tensor(1.0, 1.0));
    assertEquals(1, r2.compute());
    r2.update(Tensor.tensor(2.0, 1.0), Tensor.tensor(1.0, 1.0));
    assertEquals(0, r2.compute());
  }

  @Test
  void perplexityOfAGuessIsTheNumberOfClasses() {
    Perplexity perplexity = new Perplexity(0);
    perplexity.update(Tensor.zeros(3, 5), classes(1, 4, 0));
    assertEquals(5, perplexity.compute(), 1e-9);
    perplexity.reset();
    // Probabilities 1/4 and 1/2 of what was right: exp of the mean of log 4 and log 2.
    Tensor logits = Tensor.tensor(1.0, 3.0, 1.0, 1.0).log().view(2, 2);
    perplexity = new Perplexity();
    perplexity.update(logits.narrow(0, 0, 1), classes(0));
    perplexity.update(logits.narrow(0, 1, 1), classes(0));
    assertEquals(Math.sqrt(8), perplexity.compute(), 1e-9);
    Perplexity other = perplexity;
    assertThrows(ShapeException.class, () -> other.update(Tensor.zeros(3), classes(1, 2, 0)));
  }
}
