package io.gradus.nn;

import io.gradus.Autograd;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.Record;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import io.gradus.tensor.error.TensorIndexException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of a table by their numbers. */
public final class Lookups {
  /** What becomes of the rows of a bag. */
  public enum Bag {
    /** Adds them up. */
    SUM,
    /** Averages them. */
    MEAN,
    /** Takes the largest of each column. */
    MAX
  }

  /**
   * How a table is read.
   *
   * @param paddingIdx row that gets no gradient, and in bags does not count; negative counts from
   *     the end; null for none
   * @param maxNorm the named rows whose norm is larger are shrunk, in place, before; null for no
   *     limit
   * @param normType p of that norm
   * @param scaleGradByFreq whether the gradient of a row is divided by how often it is named
   */
  public record Reading(
      @Nullable Long paddingIdx,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq) {
    /** Rows as they are. */
    public static final Reading PLAIN = new Reading(null, null, 2, false);

    /** With a row that does not count. */
    public Reading paddingIdx(@Nullable Long value) {
      return new Reading(value, maxNorm, normType, scaleGradByFreq);
    }

    /** With a limit of the norm of rows. */
    public Reading maxNorm(double value, double p) {
      return new Reading(paddingIdx, value, p, scaleGradByFreq);
    }

    /** With gradients divided by how often a row is named. */
    public Reading scaleGradByFreq(boolean flag) {
      return new Reading(paddingIdx, maxNorm, normType, flag);
    }
  }

  private Lookups() {}

  /** The rows of {@code weight} [n, d] that {@code input} [*] names: [*, d]. */
  public static Tensor embedding(Tensor weight, Tensor input) {
    return embedding(weight, input, Reading.PLAIN);
  }

  /**
   * The rows of a table.
   *
   * @param weight [n, d]
   * @param input row numbers (i64 or i32), [*]
   * @return [*, d]
   * @throws TensorIndexException if there is no such row
   */
  public static Tensor embedding(Tensor weight, Tensor input, Reading how) {
    checkTable("embedding", weight, input);
    long pad = padding("embedding", weight, how.paddingIdx);
    shrink(weight, input, how);
    return rows(weight, input, pad, how.scaleGradByFreq ? shares(weight, input, input) : null);
  }

  private static void shrink(Tensor weight, Tensor input, Reading how) {
    Double most = how.maxNorm;
    if (most == null || input.numel() == 0) {
      return;
    }
    Autograd.noGrad(
        () -> {
          Tensor norms = weight.vectorNorm(how.normType, new int[] {1}, true).to(DType.F64);
          Tensor rows = Tensor.arange(weight.size(0)).to(weight.device());
          Tensor named = rows.unsqueeze(1).eq(input.reshape(1, -1)).any(1, true);
          Tensor shrunk = weight.to(DType.F64).mul(norms.add(1e-7).reciprocal().mul(most));
          Tensor large = named.logicalAnd(norms.gt(most));
          weight.copy_(Tensor.where(large, shrunk.to(weight.dtype()), weight.clone()));
        });
  }

  /** 1 over how often each of {@code ids} is among all. */
  private static Tensor shares(Tensor weight, Tensor ids, Tensor all) {
    Tensor counts = all.reshape(-1).to(DType.I64).bincount(null, weight.size(0));
    Tensor each = counts.indexSelect(0, ids.reshape(-1)).to(weight.dtype());
    return each.reciprocal().unsqueeze(1);
  }

  /** Rows whose gradient is kept from row {@code pad} and multiplied by {@code shares}. */
  private static Tensor rows(Tensor weight, Tensor ids, long pad, @Nullable Tensor shares) {
    long[] in = ids.shape().toArray();
    long[] out = Arrays.copyOf(in, in.length + 1);
    out[in.length] = weight.size(1);
    Tensor flat = ids.reshape(-1);
    if (pad < 0 && shares == null) {
      return weight.indexSelect(0, flat).reshape(out);
    }
    long[] table = weight.shape().toArray();
    Tensor picked;
    try (GradMode.Scope _ = GradMode.noGrad()) {
      picked = weight.detach().indexSelect(0, flat).reshape(out);
    }
    return Record.rule(
        "EmbeddingBackward0",
        picked,
        new Tensor[] {weight},
        new Tensor[] {flat},
        (g, saved, needs) -> {
          Tensor rows = g.reshape(saved[0].numel(), table[1]);
          rows = pad < 0 ? rows : rows.maskedFill(saved[0].eq(pad).unsqueeze(1), 0);
          rows = shares == null ? rows : rows.mul(shares);
          return new Tensor[] {Spatial.zeros(g, table).indexAdd(0, saved[0], rows)};
        });
  }

  /**
   * Rows of a table, joined bag by bag.
   *
   * @param weight [n, d]
   * @param input row numbers: [bags, size], or [*] with offsets
   * @param offsets where each bag starts, if the input has one dimension; else null
   * @param perSampleWeights factor of each row, of the shape of the input, for {@link Bag#SUM}
   *     only; null for 1
   * @param includeLastOffset whether the last offset is the end of the last bag
   * @return [bags, d]; 0 for an empty bag
   */
  public static Tensor embeddingBag(
      Tensor weight,
      Tensor input,
      @Nullable Tensor offsets,
      Bag mode,
      @Nullable Tensor perSampleWeights,
      boolean includeLastOffset,
      Reading how) {
    checkTable("embedding_bag", weight, input);
    long pad = padding("embedding_bag", weight, how.paddingIdx);
    if (how.scaleGradByFreq && mode == Bag.MAX) {
      throw new InvalidArgumentException(
          "[embedding_bag] scaling gradients by the frequency is not supported with max mode");
    }
    if (perSampleWeights != null
        && (mode != Bag.SUM || !perSampleWeights.shape().equals(input.shape()))) {
      throw new InvalidArgumentException(
          "[embedding_bag] per_sample_weights was not None: it needs mode='sum' and the shape of the input %s, got mode=%s and %s"
              .formatted(input.shape(), mode, perSampleWeights.shape()));
    }
    Tensor ids = input;
    Tensor factors = perSampleWeights;
    Tensor counts;
    if (input.dim() == 1 && offsets != null) {
      Bags bags = Bags.of(offsets, input.numel(), includeLastOffset);
      Tensor at = bags.positions().to(input.device());
      long[] grid = at.shape().toArray();
      ids = input.indexSelect(0, at.reshape(-1)).reshape(grid);
      factors = factors == null ? null : factors.indexSelect(0, at.reshape(-1)).reshape(grid);
      counts = bags.filled().to(input.device());
    } else if (input.dim() == 2 && offsets == null) {
      counts = ids.ge(0);
    } else {
      throw new InvalidArgumentException(
          "[embedding_bag] input has to be 1D with offsets or a 2D Tensor without, but got Tensor"
              + " of dimension "
              + input.dim());
    }
    if (pad >= 0) {
      counts = counts.logicalAnd(ids.ne(pad));
    }
    shrink(weight, input, how);
    Tensor rows = rows(weight, ids, -1, how.scaleGradByFreq ? shares(weight, ids, input) : null);
    if (factors != null) {
      rows = Precision.wide(rows).mul(Precision.wide(factors).unsqueeze(-1));
    }
    Tensor out = counts.logicalNot().unsqueeze(-1);
    int[] bag = {1};
    return switch (mode) {
      case SUM -> Precision.rounded(rows.maskedFill(out, 0).sum(bag, false), weight.dtype());
      case MEAN -> {
        Tensor n = counts.sum(bag, true).clampMin(1).to(rows.dtype());
        yield rows.maskedFill(out, 0).sum(bag, false).div(n);
      }
      case MAX -> {
        Tensor empty = counts.any(1, true).logicalNot();
        Tensor shown = rows.maskedFill(out, Double.NEGATIVE_INFINITY);
        yield shown.max(1, false).values().maskedFill(empty, 0);
      }
    };
  }

  /**
   * Vectors that are 1 at the class and 0 elsewhere.
   *
   * @param input classes (i64), [*]
   * @param numClasses length of the vectors, -1 for one more than the largest class
   * @return [*, classes], i64
   */
  public static Tensor oneHot(Tensor input, long numClasses) {
    if (input.dtype() != DType.I64) {
      throw new DTypeException(
          "[one_hot] one_hot is only applicable to index tensor of type i64, got " + input.dtype());
    }
    if (input.numel() == 0) {
      if (numClasses <= 0) {
        throw new InvalidArgumentException(
            "[one_hot] Can not infer total number of classes from empty tensor.");
      }
    } else {
      if (ElementLosses.holds(input.lt(0))) {
        throw new InvalidArgumentException("[one_hot] Class values must be non-negative.");
      }
      if (numClasses != -1 && ElementLosses.holds(input.ge(numClasses))) {
        throw new InvalidArgumentException(
            "[one_hot] Class values must be smaller than num_classes. num_classes: " + numClasses);
      }
    }
    long classes = numClasses != -1 ? numClasses : input.max().item().longValue() + 1;
    return Tensor.arange(classes).to(input.device()).eq(input.unsqueeze(-1)).to(DType.I64);
  }

  private static long padding(String name, Tensor weight, @Nullable Long paddingIdx) {
    if (paddingIdx == null) {
      return -1;
    }
    long rows = weight.size(0);
    if (paddingIdx >= rows || paddingIdx < -rows) {
      throw new InvalidArgumentException(
          "[%s] padding_idx must be within num_embeddings: %d of %d rows"
              .formatted(name, paddingIdx, rows));
    }
    return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  }

  private static void checkTable(String name, Tensor weight, Tensor input) {
    if (weight.dim() != 2) {
      throw new ShapeException("[%s] 'weight' must be 2-D, got %s".formatted(name, weight.shape()));
    }
    if (input.dtype() != DType.I64 && input.dtype() != DType.I32) {
      throw new DTypeException(
          "[%s] Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got %s instead"
              .formatted(name, input.dtype()));
    }
    if (input.numel() > 0 && ElementLosses.holds(input.lt(0).logicalOr(input.ge(weight.size(0))))) {
      throw new TensorIndexException(
          "[%s] index out of range in self: rows are 0 to %d".formatted(name, weight.size(0) - 1));
    }
  }

  /** Bags of different sizes as a rectangle: where each row is, and which places are filled. */
  private record Bags(Tensor positions, Tensor filled) {
    static Bags of(Tensor offsets, long total, boolean includeLastOffset) {
      double[] starts = offsets.to(DType.F64).doubleArray();
      int n = includeLastOffset ? starts.length - 1 : starts.length;
      if (n < 0 || starts.length > 0 && (starts[0] != 0 || starts[starts.length - 1] > total)) {
        throw new InvalidArgumentException(
            "[embedding_bag] offsets[0] has to be 0, i.e., the first sequence in the mini-batch has"
                + " to start from position 0, and the last one must not be after the end ("
                + total
                + ")");
      }
      int longest = 0;
      for (int b = 0; b < n; b++) {
        longest = Math.max(longest, (int) (end(starts, b, total) - starts[b]));
      }
      long[][] at = new long[n][longest];
      boolean[][] filled = new boolean[n][longest];
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < end(starts, b, total) - starts[b]; i++) {
          at[b][i] = (long) starts[b] + i;
          filled[b][i] = true;
        }
      }
      return new Bags(Tensor.tensor((Object) at), Tensor.tensor((Object) filled));
    }

    private static double end(double[] starts, int bag, long total) {
      return bag + 1 < starts.length ? starts[bag + 1] : total;
    }
  }
}
