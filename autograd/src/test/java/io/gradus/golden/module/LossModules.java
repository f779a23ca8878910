package io.gradus.golden.module;

import io.gradus.nn.Loss;
import io.gradus.nn.loss.BCELoss;
import io.gradus.nn.loss.BCEWithLogitsLoss;
import io.gradus.nn.loss.CTCLoss;
import io.gradus.nn.loss.CosineEmbeddingLoss;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.nn.loss.GaussianNLLLoss;
import io.gradus.nn.loss.HingeEmbeddingLoss;
import io.gradus.nn.loss.HuberLoss;
import io.gradus.nn.loss.KLDivLoss;
import io.gradus.nn.loss.L1Loss;
import io.gradus.nn.loss.MSELoss;
import io.gradus.nn.loss.MarginRankingLoss;
import io.gradus.nn.loss.MultiLabelMarginLoss;
import io.gradus.nn.loss.MultiLabelSoftMarginLoss;
import io.gradus.nn.loss.MultiMarginLoss;
import io.gradus.nn.loss.NLLLoss;
import io.gradus.nn.loss.PoissonNLLLoss;
import io.gradus.nn.loss.SmoothL1Loss;
import io.gradus.nn.loss.SoftMarginLoss;
import io.gradus.nn.loss.TripletMarginLoss;
import org.jspecify.annotations.Nullable;

/** Losses; their settings are all given by name. */
final class LossModules {
  private static final int NAMED = Integer.MAX_VALUE;

  private LossModules() {}

  static @Nullable Made make(String name, Settings s) {
    if (!name.endsWith("Loss")) {
      return null;
    }
    Loss two = ofTwo(name, s);
    return two == null ? ofThree(name, s) : Made.of(two);
  }

  private static double real(Settings s, String name, double missing) {
    return s.real(NAMED, name, missing);
  }

  private static @Nullable Loss ofTwo(String name, Settings s) {
    return switch (name) {
      case "L1Loss" -> new L1Loss(s.reduction());
      case "MSELoss" -> new MSELoss(s.reduction());
      case "SmoothL1Loss" -> new SmoothL1Loss(real(s, "beta", 1), s.reduction());
      case "HuberLoss" -> new HuberLoss(real(s, "delta", 1), s.reduction());
      case "BCELoss" -> new BCELoss(s.weight(), s.reduction());
      case "BCEWithLogitsLoss" -> new BCEWithLogitsLoss(s.weight(), s.reduction(), null);
      case "KLDivLoss" ->
          "batchmean".equals(s.all().named().get("reduction"))
              ? KLDivLoss.batchMean(s.flag("log_target", false))
              : new KLDivLoss(s.reduction(), s.flag("log_target", false));
      case "NLLLoss" ->
          new NLLLoss(s.weight(), s.whole(NAMED, "ignore_index", -100), s.reduction());
      case "PoissonNLLLoss" ->
          new PoissonNLLLoss(
              s.flag("log_input", true),
              s.flag("full", false),
              real(s, "eps", 1e-8),
              s.reduction());
      case "HingeEmbeddingLoss" -> new HingeEmbeddingLoss(real(s, "margin", 1), s.reduction());
      case "MultiLabelMarginLoss" -> new MultiLabelMarginLoss(s.reduction());
      case "MultiLabelSoftMarginLoss" -> new MultiLabelSoftMarginLoss(s.weight(), s.reduction());
      case "MultiMarginLoss" ->
          new MultiMarginLoss(
              s.weight(), s.small(NAMED, "p", 1), real(s, "margin", 1), s.reduction());
      case "SoftMarginLoss" -> new SoftMarginLoss(s.reduction());
      case "CrossEntropyLoss" -> {
        CrossEntropyLoss.Options options =
            CrossEntropyLoss.Options.DEFAULT
                .reduction(s.reduction())
                .ignoreIndex(s.whole(NAMED, "ignore_index", -100))
                .labelSmoothing(real(s, "label_smoothing", 0));
        var weight = s.weight();
        yield new CrossEntropyLoss(weight == null ? options : options.weight(weight));
      }
      default -> null;
    };
  }

  private static @Nullable Made ofThree(String name, Settings s) {
    return switch (name) {
      case "GaussianNLLLoss" -> {
        var loss = new GaussianNLLLoss(s.flag("full", false), real(s, "eps", 1e-6), s.reduction());
        yield new Made(
            loss, a -> loss.call(a.tensor(0, "input"), a.tensor(1, "target"), a.tensor(2, "var")));
      }
      case "MarginRankingLoss" -> {
        var loss = new MarginRankingLoss(real(s, "margin", 0), s.reduction());
        yield new Made(
            loss,
            a -> loss.call(a.tensor(0, "input1"), a.tensor(1, "input2"), a.tensor(2, "target")));
      }
      case "CosineEmbeddingLoss" -> {
        var loss = new CosineEmbeddingLoss(real(s, "margin", 0), s.reduction());
        yield new Made(
            loss,
            a -> loss.call(a.tensor(0, "input1"), a.tensor(1, "input2"), a.tensor(2, "target")));
      }
      case "TripletMarginLoss" -> {
        var loss =
            new TripletMarginLoss(
                real(s, "margin", 1),
                real(s, "p", 2),
                real(s, "eps", 1e-6),
                s.flag("swap", false),
                s.reduction());
        yield new Made(
            loss,
            a ->
                loss.call(a.tensor(0, "anchor"), a.tensor(1, "positive"), a.tensor(2, "negative")));
      }
      case "CTCLoss" -> {
        var loss =
            new CTCLoss(s.whole(NAMED, "blank", 0), s.reduction(), s.flag("zero_infinity", false));
        yield new Made(
            loss,
            a ->
                loss.call(
                    a.tensor(0, "log_probs"),
                    a.tensor(1, "targets"),
                    a.tensor(2, "input_lengths"),
                    a.tensor(3, "target_lengths")));
      }
      default -> null;
    };
  }
}
