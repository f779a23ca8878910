package io.gradus.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import org.junit.jupiter.api.Test;

/** The CTC loss against counted alignments. */
class SequenceLossesTest {
  private static final double TOLERANCE = 1e-12;

  /** [time, 1, classes] with the same probability for every class. */
  private static Tensor uniform(long time, long classes) {
    return Tensor.zeros(Options.dtype(DType.F64), time, 1, classes).sub(Math.log(classes));
  }

  private static Tensor loss(Tensor logs, Tensor targets, long length, Reduction reduction) {
    return SequenceLosses.ctcLoss(
        logs, targets, new long[] {logs.size(0)}, new long[] {length}, 0, reduction, false);
  }

  @Test
  void isTheLogarithmOfTheNumberOfAlignments() {
    // Of 3 steps: a__ _a_ __a aa_ _aa aaa, and none with a second symbol or aa in two pieces.
    double one =
        loss(uniform(3, 2), Tensor.tensor(1L).reshape(1, 1), 1, Reduction.SUM).item().doubleValue();
    // aa needs a blank between.
    double twice =
        loss(uniform(3, 2), Tensor.tensor(1L, 1L).unsqueeze(0), 2, Reduction.SUM)
            .item()
            .doubleValue();
    // ab: aab abb a_b _ab ab_.
    double two =
        loss(uniform(3, 3), Tensor.tensor(1L, 2L).unsqueeze(0), 2, Reduction.SUM)
            .item()
            .doubleValue();

    assertEquals(-Math.log(6 / 8.0), one, TOLERANCE);
    assertEquals(-Math.log(1 / 8.0), twice, TOLERANCE);
    assertEquals(-Math.log(5 / 27.0), two, TOLERANCE);
  }

  @Test
  void anEmptyTargetIsAllBlanks() {
    double blanks =
        loss(uniform(3, 2), Tensor.tensor(1L).reshape(1, 1), 0, Reduction.SUM).item().doubleValue();

    assertEquals(Math.log(8), blanks, TOLERANCE);
  }

  @Test
  void anImpossibleTargetCostsInfinityOrNothing() {
    Tensor logs = uniform(1, 2).requiresGrad_(true);
    Tensor targets = Tensor.tensor(1L, 1L).unsqueeze(0);
    long[] steps = {1};
    long[] length = {2};

    Tensor infinite =
        SequenceLosses.ctcLoss(logs, targets, steps, length, 0, Reduction.NONE, false);
    Tensor zero = SequenceLosses.ctcLoss(logs, targets, steps, length, 0, Reduction.NONE, true);
    zero.sum().backward();

    assertArrayEquals(new double[] {Double.POSITIVE_INFINITY}, infinite.doubleArray(), 0);
    assertArrayEquals(new double[] {0}, zero.doubleArray(), 0);
    assertArrayEquals(new double[] {0, 0}, logs.grad().flatten().doubleArray(), 0);
  }

  @Test
  void stepsBehindTheLengthDoNotCountAndTargetsMayBeJoined() {
    Tensor logits = Tensor.arange(24.0).sin().reshape(4, 2, 3).to(DType.F64);
    Tensor logs = logits.logSoftmax(2);
    long[] steps = {4, 2};
    long[] lengths = {2, 1};

    Tensor padded =
        SequenceLosses.ctcLoss(
            logs,
            Tensor.tensor(new long[][] {{1, 2}, {2, 0}}),
            steps,
            lengths,
            0,
            Reduction.NONE,
            false);
    Tensor joined =
        SequenceLosses.ctcLoss(
            logs, Tensor.tensor(1L, 2L, 2L), steps, lengths, 0, Reduction.NONE, false);
    Tensor alone =
        loss(
            logs.narrow(0, 0, 2).narrow(1, 1, 1),
            Tensor.tensor(2L).reshape(1, 1),
            1,
            Reduction.NONE);

    assertArrayEquals(padded.doubleArray(), joined.doubleArray(), 0);
    assertEquals(alone.item().doubleValue(), padded.get(1).item().doubleValue(), TOLERANCE);
  }

  @Test
  void theMeanIsOverTheSymbolsOfEachTarget() {
    Tensor logs = uniform(3, 3);

    double sum = loss(logs, Tensor.tensor(1L, 2L), 2, Reduction.SUM).item().doubleValue();
    double mean = loss(logs, Tensor.tensor(1L, 2L), 2, Reduction.MEAN).item().doubleValue();

    assertEquals(sum / 2, mean, TOLERANCE);
  }

  @Test
  void gradientsBehindASoftmaxAreRight() {
    Tensor logits = Tensor.arange(24.0).cos().to(DType.F64).reshape(4, 2, 3).requiresGrad_(true);

    assertTrue(
        GradCheck.gradcheck(
            x ->
                SequenceLosses.ctcLoss(
                    x.logSoftmax(2),
                    Tensor.tensor(new long[][] {{1, 2}, {2, 0}}),
                    Tensor.tensor(4L, 3L),
                    Tensor.tensor(2L, 1L),
                    0,
                    Reduction.MEAN,
                    false),
            logits));
  }

  @Test
  void theGradientSumsToZeroOverTheClasses() {
    Tensor logs = uniform(3, 3).requiresGrad_(true);

    loss(logs, Tensor.tensor(1L, 2L), 2, Reduction.SUM).backward();

    assertArrayEquals(new double[3], logs.grad().sum(2).flatten().doubleArray(), TOLERANCE);
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor logs = uniform(3, 3);
    Tensor targets = Tensor.tensor(1L, 2L).unsqueeze(0);

    assertThrows(DTypeException.class, () -> loss(logs.to(DType.F16), targets, 2, Reduction.SUM));
    assertThrows(
        TensorIndexException.class,
        () -> loss(logs, Tensor.tensor(1L, 3L).unsqueeze(0), 2, Reduction.SUM));
    assertThrows(InvalidArgumentException.class, () -> loss(logs, targets, 3, Reduction.SUM));
    assertThrows(
        ShapeException.class, () -> loss(logs, Tensor.tensor(1L, 2L, 1L), 2, Reduction.SUM));
    assertThrows(
        ShapeException.class,
        () ->
            SequenceLosses.ctcLoss(
                logs, targets, new long[] {3, 3}, new long[] {2}, 0, Reduction.SUM, false));
    assertThrows(
        TensorIndexException.class,
        () ->
            SequenceLosses.ctcLoss(
                logs, targets, new long[] {3}, new long[] {2}, 3, Reduction.SUM, false));
  }
}
