package io.gradus.golden.table;

import static java.util.Locale.ROOT;

import io.gradus.Tensor;
import io.gradus.golden.InexpressibleException;
import io.gradus.golden.OperationRegistry;
import io.gradus.nn.Distances;
import io.gradus.nn.ElementLosses;
import io.gradus.nn.Functional;
import io.gradus.nn.MarginLosses;
import io.gradus.nn.Reduction;
import io.gradus.nn.SequenceLosses;
import io.gradus.nn.loss.CrossEntropyLoss;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Losses of {@code nn.functional}. */
final class Losses {
  private static final String F = "nn.functional.";

  private Losses() {}

  static void register(OperationRegistry r) {
    r.signatures(
        "input target reduction=mean", F + "mse_loss", F + "l1_loss", F + "soft_margin_loss");
    r.signature(F + "smooth_l1_loss", "input target reduction=mean beta=1.0");
    r.signature(F + "huber_loss", "input target reduction=mean delta=1.0");
    r.signature(F + "binary_cross_entropy", "input target weight=null reduction=mean");
    r.signature(
        F + "binary_cross_entropy_with_logits",
        "input target weight=null reduction=mean pos_weight=null");
    r.signature(
        F + "cross_entropy",
        "input target weight=null ignore_index=-100 reduction=mean label_smoothing=0.0");
    r.signature(F + "nll_loss", "input target weight=null ignore_index=-100 reduction=mean");
    r.add(
        F + "kl_div",
        a -> {
          Tensor x = a.tensor(0, "input");
          Tensor y = a.tensor(1, "target");
          boolean logs = a.flag(3, "log_target");
          return "batchmean".equals(a.get(2, "reduction"))
              ? ElementLosses.klDivBatchMean(x, y, logs)
              : ElementLosses.klDiv(x, y, reduction(a.get(2, "reduction")), logs);
        });
    r.signature(
        F + "poisson_nll_loss", "input target log_input=true full=false eps=1e-8 reduction=mean");
    r.signature(F + "gaussian_nll_loss", "input target var full=false eps=1e-6 reduction=mean");
    r.signature(F + "hinge_embedding_loss", "input target margin=1.0 reduction=mean");
    r.signature(F + "margin_ranking_loss", "input1 input2 target margin=0.0 reduction=mean");
    r.signature(F + "cosine_embedding_loss", "input1 input2 target margin=0.0 reduction=mean");
    r.signature(
        F + "triplet_margin_loss",
        "anchor positive negative margin=1.0 p=2.0 eps=1e-6 swap=false reduction=mean");
    r.add(
        F + "triplet_margin_with_distance_loss",
        a ->
            MarginLosses.tripletMarginWithDistanceLoss(
                a.tensor(0, "anchor"),
                a.tensor(1, "positive"),
                a.tensor(2, "negative"),
                Distances::pairwiseDistance,
                a.number(4, "margin", 1).doubleValue(),
                a.flag(5, "swap"),
                reduction(a.get(6, "reduction"))));
    r.signature(F + "multi_margin_loss", "input target p=1 margin=1.0 weight=null reduction=mean");
    r.signature(F + "multilabel_margin_loss", "input target reduction=mean");
    r.signature(F + "multilabel_soft_margin_loss", "input target weight=null reduction=mean");
    r.add(
        F + "ctc_loss",
        a ->
            SequenceLosses.ctcLoss(
                a.tensor(0, "log_probs"),
                a.tensor(1, "targets"),
                lengths(a.get(2, "input_lengths")),
                lengths(a.get(3, "target_lengths")),
                a.integer(4, "blank", 0),
                reduction(a.get(5, "reduction")),
                a.flag(6, "zero_infinity")));
    r.add(
        F + "linear_cross_entropy",
        a ->
            Functional.linearCrossEntropy(
                a.tensor(0, "input"),
                a.tensor(1, "linear_weight"),
                a.tensor(2, "target"),
                (Tensor) a.get(3, "linear_bias"),
                new CrossEntropyLoss.Options(
                    (Tensor) a.get(4, "weight"),
                    a.get(6, "ignore_index") instanceof Long index ? index : -100,
                    reduction(a.get(5, "reduction")),
                    a.number(7, "label_smoothing", 0).doubleValue())));
  }

  private static long[] lengths(@Nullable Object given) {
    return given instanceof Tensor t
        ? t.longArray()
        : ((List<?>) Objects.requireNonNull(given)).stream().mapToLong(l -> (Long) l).toArray();
  }

  private static Reduction reduction(@Nullable Object name) {
    String given = name == null ? "mean" : name.toString();
    for (Reduction r : Reduction.values()) {
      if (r.name().toLowerCase(ROOT).equals(given)) {
        return r;
      }
    }
    throw new InexpressibleException("no reduction " + given);
  }
}
