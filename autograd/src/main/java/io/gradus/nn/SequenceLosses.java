package io.gradus.nn;

import io.gradus.Tensor;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.Arrays;
import java.util.List;

/** Losses of whole sequences. */
public final class SequenceLosses {
  /** Stands for the logarithm of 0: far below any sum of logarithms, but without infinity's NaN. */
  private static final double NEVER = -1e30;

  private SequenceLosses() {}

  /**
   * Connectionist temporal classification: minus the log probability of a target, over all its
   * alignments with the input.
   *
   * <p>A. Graves et al., "Connectionist Temporal Classification", ICML 2006, equations 6 to 8. As
   * in PyTorch, the gradient is that for inputs normalised over the classes: its sum over the
   * classes is 0, and {@code logSoftmax} in front passes it on unchanged (equation 16 there).
   *
   * @param logProbs log probabilities of f32 or f64: [time, batch, classes] or [time, classes]
   * @param targets classes (i64 or i32), none of them blank: [batch, longest], or all behind each
   *     other in one dimension
   * @param inputLengths how many steps of each input count
   * @param targetLengths how long each target is
   * @param blank the class that stands for no output
   * @param reduction {@code MEAN} divides each loss by the length of its target first
   * @param zeroInfinity whether impossible targets, such as those longer than the input, cost 0
   *     instead of infinity
   * @return [batch], or [] for an input without batch; [] once reduced
   * @throws DTypeException if the dtypes are others
   * @throws ShapeException if the sizes do not fit to each other
   * @throws InvalidArgumentException if a length is out of range
   * @throws TensorIndexException if blank or a target is not a class
   */
  public static Tensor ctcLoss(
      Tensor logProbs,
      Tensor targets,
      long[] inputLengths,
      long[] targetLengths,
      long blank,
      Reduction reduction,
      boolean zeroInfinity) {
    check(logProbs, targets, blank);
    boolean single = logProbs.dim() == 2;
    Tensor logs = single ? logProbs.unsqueeze(1) : logProbs;
    long time = logs.size(0);
    int batch = Math.toIntExact(logs.size(1));
    checkLengths("input", inputLengths, batch, time);
    long[][] labels =
        labels(single && targets.dim() == 1 ? targets.unsqueeze(0) : targets, targetLengths, batch);
    for (long[] row : labels) {
      for (long label : row) {
        if (label < 0 || label >= logs.size(2)) {
          throw new TensorIndexException(
              "[ctc_loss] target %d is not one of %d classes".formatted(label, logs.size(2)));
        }
      }
    }
    Tensor losses = losses(logs, labels, inputLengths, blank);
    Tensor impossible = losses.ge(-NEVER / 2);
    losses = losses.maskedFill(impossible, zeroInfinity ? 0 : Double.POSITIVE_INFINITY);
    losses = losses.add(normalising(logs, inputLengths).maskedFill(impossible, 0));
    if (reduction == Reduction.MEAN) {
      double[] lengths = Arrays.stream(targetLengths).mapToDouble(l -> Math.max(l, 1)).toArray();
      losses = losses.div(Tensor.tensor(lengths).to(logs.device()).to(logs.dtype()));
    }
    return single && reduction == Reduction.NONE ? losses.squeeze(0) : reduction.of(losses);
  }

  /**
   * {@link #ctcLoss(Tensor, Tensor, long[], long[], long, Reduction, boolean)} of lengths [batch].
   */
  public static Tensor ctcLoss(
      Tensor logProbs,
      Tensor targets,
      Tensor inputLengths,
      Tensor targetLengths,
      long blank,
      Reduction reduction,
      boolean zeroInfinity) {
    for (Tensor lengths : List.of(inputLengths, targetLengths)) {
      if (lengths.dtype().isFloating() || lengths.dtype() == DType.BOOL) {
        throw new DTypeException(
            "[ctc_loss] input_lengths and target_lengths must be integral, got " + lengths.dtype());
      }
    }
    return ctcLoss(
        logProbs,
        targets,
        inputLengths.longArray(),
        targetLengths.longArray(),
        blank,
        reduction,
        zeroInfinity);
  }

  private static void check(Tensor logProbs, Tensor targets, long blank) {
    if (logProbs.dtype() != DType.F32 && logProbs.dtype() != DType.F64) {
      throw new DTypeException(
          "[ctc_loss] log_probs must be f32 or f64, got %s; convert with to(f32)"
              .formatted(logProbs.dtype()));
    }
    if (targets.dtype() != DType.I64 && targets.dtype() != DType.I32) {
      throw new DTypeException("[ctc_loss] targets must be i64 or i32, got " + targets.dtype());
    }
    if (logProbs.dim() != 2 && logProbs.dim() != 3) {
      throw new ShapeException(
          "[ctc_loss] log_probs must be [time, batch, classes] or [time, classes], got "
              + logProbs.shape());
    }
    if (logProbs.numel() == 0) {
      throw new ShapeException(
          "[ctc_loss] log_probs tensor must not be empty, got " + logProbs.shape());
    }
    if (targets.dim() != 1 && targets.dim() != 2) {
      throw new ShapeException(
          "[ctc_loss] targets must be [batch, longest] or one-dimensional, got " + targets.shape());
    }
    if (blank < 0 || blank >= logProbs.size(-1)) {
      throw new TensorIndexException(
          "[ctc_loss] blank must be in label range: %d of %d classes"
              .formatted(blank, logProbs.size(-1)));
    }
  }

  private static void checkLengths(String what, long[] lengths, int batch, long most) {
    if (lengths.length != batch) {
      throw new ShapeException(
          "[ctc_loss] %s_lengths must be of size batch_size: %d and %d"
              .formatted(what, lengths.length, batch));
    }
    for (long length : lengths) {
      if (length < 0 || length > most) {
        throw new InvalidArgumentException(
            "[ctc_loss] Expected %s_lengths to have value from 0 to at most %d, but got value %d"
                .formatted(what, most, length));
      }
    }
  }

  private static long[][] labels(Tensor targets, long[] lengths, int batch) {
    long[] flat = targets.longArray();
    boolean joined = targets.dim() == 1;
    long width = joined ? flat.length : targets.size(1);
    if (!joined && targets.size(0) != batch) {
      throw new ShapeException(
          "[ctc_loss] targets must have a row for each of %d inputs, got %s"
              .formatted(batch, targets.shape()));
    }
    checkLengths("target", lengths, batch, width);
    if (joined && Arrays.stream(lengths).sum() != flat.length) {
      throw new ShapeException(
          "[ctc_loss] the target_lengths add up to %d, but there are %d targets"
              .formatted(Arrays.stream(lengths).sum(), flat.length));
    }
    long[][] rows = new long[batch][];
    int at = 0;
    for (int b = 0; b < batch; b++) {
      int length = Math.toIntExact(lengths[b]);
      int from = joined ? at : Math.toIntExact(b * width);
      rows[b] = Arrays.copyOfRange(flat, from, from + length);
      at += length;
    }
    return rows;
  }

  /** The forward variables of all states, step by step. */
  private static Tensor losses(Tensor logs, long[][] labels, long[] inputLengths, long blank) {
    int batch = labels.length;
    int longest = Arrays.stream(labels).mapToInt(row -> row.length).max().orElse(0);
    int states = 2 * longest + 1;
    long[][] classes = new long[batch][states];
    boolean[][] barred = new boolean[batch][states];
    boolean[][] late = new boolean[batch][states];
    long[][] ends = new long[batch][2];
    boolean[][] lone = new boolean[batch][2];
    for (int b = 0; b < batch; b++) {
      for (int s = 0; s < states; s++) {
        int label = s / 2;
        boolean symbol = s % 2 == 1 && label < labels[b].length;
        classes[b][s] = symbol ? labels[b][label] : blank;
        barred[b][s] = !symbol || label == 0 || labels[b][label] == labels[b][label - 1];
        late[b][s] = s > 1 || s == 1 && !symbol;
      }
      ends[b][0] = 2L * labels[b].length;
      ends[b][1] = Math.max(0, ends[b][0] - 1);
      lone[b][1] = labels[b].length == 0;
    }
    long time = logs.size(0);
    Tensor device = Tensor.tensor((Object) classes).to(logs.device());
    Tensor heard = logs.gather(2, device.unsqueeze(0).expand(time, batch, states)).clampMin(NEVER);
    Tensor skipless = Tensor.tensor((Object) barred).to(logs.device());
    Tensor alpha =
        heard.select(0, 0).maskedFill(Tensor.tensor((Object) late).to(logs.device()), NEVER);
    Tensor lengths = Tensor.tensor(inputLengths).to(logs.device()).unsqueeze(1);
    Tensor margin = Tensor.full(new long[] {batch, 2}, NEVER).to(logs.device()).to(logs.dtype());
    for (long t = 1; t < time; t++) {
      Tensor padded = Tensor.cat(List.of(margin, alpha), 1);
      Tensor skip = padded.narrow(1, 0, states).maskedFill(skipless, NEVER);
      Tensor step = padded.narrow(1, 1, states);
      Tensor all = Tensor.stack(List.of(alpha, step, skip), 0).logsumexp(0);
      alpha = Tensor.where(lengths.gt(t), all.add(heard.select(0, t)).clampMin(NEVER), alpha);
    }
    Tensor last = alpha.gather(1, Tensor.tensor((Object) ends).to(logs.device()));
    last = last.maskedFill(Tensor.tensor((Object) lone).to(logs.device()), NEVER);
    Tensor losses = last.logsumexp(1).neg();
    double[] silent = new double[batch];
    boolean[] empty = new boolean[batch];
    for (int b = 0; b < batch; b++) {
      empty[b] = inputLengths[b] == 0;
      silent[b] = labels[b].length == 0 ? 0 : -NEVER;
    }
    Tensor fixed = Tensor.tensor(silent).to(logs.device()).to(logs.dtype());
    return Tensor.where(Tensor.tensor(empty).to(logs.device()), fixed, losses);
  }

  /** 0 with the gradient of the normaliser of the classes. */
  private static Tensor normalising(Tensor logs, long[] inputLengths) {
    Tensor steps = Tensor.arange(logs.size(0)).to(logs.device()).unsqueeze(1);
    Tensor over = steps.ge(Tensor.tensor(inputLengths).to(logs.device()));
    Tensor total = logs.exp().sum(-1).maskedFill(over, 0).sum(0);
    return total.sub(total.detach());
  }
}
