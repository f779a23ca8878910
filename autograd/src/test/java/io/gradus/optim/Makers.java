package io.gradus.optim;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The optimizer that a golden case describes: a group for each parameter. */
final class Makers {
  private Makers() {}

  static Optimizer<?> make(JsonNode c, List<Tensor> parameters) {
    return switch (c.get("optimizer").asText()) {
      case "SGD" -> group(c, parameters, Makers::sgd, SGD::new);
      case "Adam" -> group(c, parameters, Makers::adam, Adam::new);
      case "AdamW" -> group(c, parameters, Makers::adam, AdamW::new);
      case "Adadelta" -> group(c, parameters, Makers::adadelta, Adadelta::new);
      case "Adafactor" -> group(c, parameters, Makers::adafactor, Adafactor::new);
      case "Adagrad" -> group(c, parameters, Makers::adagrad, Adagrad::new);
      case "Adamax" -> group(c, parameters, Makers::adamax, Adamax::new);
      case "ASGD" -> group(c, parameters, Makers::asgd, ASGD::new);
      case "LBFGS" -> new LBFGS(parameters, lbfgs(new Settings(c, 0)));
      case "Muon" -> group(c, parameters, Makers::muon, Muon::new);
      case "NAdam" -> group(c, parameters, Makers::nadam, NAdam::new);
      case "RAdam" -> group(c, parameters, Makers::radam, RAdam::new);
      case "RMSprop" -> group(c, parameters, Makers::rmsprop, RMSprop::new);
      case "Rprop" -> group(c, parameters, Makers::rprop, Rprop::new);
      default -> throw new IllegalArgumentException(c.get("optimizer").asText());
    };
  }

  private static <O extends Optimizer.Options<O>> Optimizer<O> group(
      JsonNode c,
      List<Tensor> parameters,
      Function<Settings, O> options,
      BiFunction<List<Tensor>, O, Optimizer<O>> make) {
    Optimizer<O> optimizer =
        make.apply(parameters.subList(0, 1), options.apply(new Settings(c, 0)));
    for (int k = 1; k < parameters.size(); k++) {
      optimizer.addGroup(parameters.subList(k, k + 1), options.apply(new Settings(c, k)));
    }
    return optimizer;
  }

  /** The settings in force for one parameter. */
  private record Settings(JsonNode c, int parameter) {
    JsonNode get(String name) {
      JsonNode own = c.path("groups").path(parameter).path(name);
      return own.isMissingNode() ? c.get("defaults").path(name) : own;
    }

    double number(String name) {
      return get(name).asDouble();
    }

    double number(String name, int i) {
      JsonNode list = get(name).isArray() ? get(name) : get(name).get("list");
      return list.get(i).asDouble();
    }

    boolean flag(String name) {
      return get(name).asBoolean();
    }
  }

  private static SGD.Options sgd(Settings s) {
    return SGD.Options.of(s.number("lr"))
        .momentum(s.number("momentum"))
        .dampening(s.number("dampening"))
        .weightDecay(s.number("weight_decay"))
        .nesterov(s.flag("nesterov"))
        .maximize(s.flag("maximize"));
  }

  private static AdamOptions adam(Settings s) {
    return AdamOptions.of(s.number("lr"))
        .betas(s.number("betas", 0), s.number("betas", 1))
        .eps(s.number("eps"))
        .weightDecay(s.number("weight_decay"))
        .amsgrad(s.flag("amsgrad"))
        .maximize(s.flag("maximize"));
  }

  private static Adadelta.Options adadelta(Settings s) {
    return Adadelta.Options.of(s.number("lr"))
        .rho(s.number("rho"))
        .eps(s.number("eps"))
        .weightDecay(s.number("weight_decay"))
        .maximize(s.flag("maximize"));
  }

  private static Adafactor.Options adafactor(Settings s) {
    return Adafactor.Options.of(s.number("lr"))
        .beta2Decay(s.number("beta2_decay"))
        .threshold(s.number("d"))
        .weightDecay(s.number("weight_decay"))
        .maximize(s.flag("maximize"));
  }

  private static Adagrad.Options adagrad(Settings s) {
    return Adagrad.Options.of(s.number("lr"))
        .lrDecay(s.number("lr_decay"))
        .initialAccumulator(s.number("initial_accumulator_value"))
        .eps(s.number("eps"))
        .weightDecay(s.number("weight_decay"))
        .maximize(s.flag("maximize"));
  }

  private static Adamax.Options adamax(Settings s) {
    return Adamax.Options.of(s.number("lr"))
        .betas(s.number("betas", 0), s.number("betas", 1))
        .eps(s.number("eps"))
        .weightDecay(s.number("weight_decay"))
        .maximize(s.flag("maximize"));
  }

  private static ASGD.Options asgd(Settings s) {
    return ASGD.Options.of(s.number("lr"))
        .lambd(s.number("lambd"))
        .alpha(s.number("alpha"))
        .t0(s.number("t0"))
        .weightDecay(s.number("weight_decay"))
        .maximize(s.flag("maximize"));
  }

  private static LBFGS.Options lbfgs(Settings s) {
    return LBFGS.Options.of(s.number("lr"))
        .maxIterations((int) s.number("max_iter"))
        .maxEvaluations((int) s.number("max_eval"))
        .tolerances(s.number("tolerance_grad"), s.number("tolerance_change"))
        .historySize((int) s.number("history_size"))
        .lineSearch(
            s.get("line_search_fn").isNull()
                ? LBFGS.LineSearch.NONE
                : LBFGS.LineSearch.STRONG_WOLFE);
  }

  private static Muon.Options muon(Settings s) {
    return Muon.Options.of(s.number("lr"))
        .weightDecay(s.number("weight_decay"))
        .momentum(s.number("momentum"))
        .nesterov(s.flag("nesterov"))
        .coefficients(
            new Muon.Coefficients(
                s.number("ns_coefficients", 0),
                s.number("ns_coefficients", 1),
                s.number("ns_coefficients", 2)))
        .eps(s.number("eps"))
        .iterations((int) s.number("ns_steps"));
  }

  private static NAdam.Options nadam(Settings s) {
    return NAdam.Options.of(s.number("lr"))
        .betas(s.number("betas", 0), s.number("betas", 1))
        .eps(s.number("eps"))
        .weightDecay(s.number("weight_decay"))
        .momentumDecay(s.number("momentum_decay"))
        .decoupled(s.flag("decoupled_weight_decay"))
        .maximize(s.flag("maximize"));
  }

  private static RAdam.Options radam(Settings s) {
    return RAdam.Options.of(s.number("lr"))
        .betas(s.number("betas", 0), s.number("betas", 1))
        .eps(s.number("eps"))
        .weightDecay(s.number("weight_decay"))
        .decoupled(s.flag("decoupled_weight_decay"))
        .maximize(s.flag("maximize"));
  }

  private static RMSprop.Options rmsprop(Settings s) {
    return RMSprop.Options.of(s.number("lr"))
        .alpha(s.number("alpha"))
        .eps(s.number("eps"))
        .weightDecay(s.number("weight_decay"))
        .momentum(s.number("momentum"))
        .centered(s.flag("centered"))
        .maximize(s.flag("maximize"));
  }

  private static Rprop.Options rprop(Settings s) {
    return Rprop.Options.of(s.number("lr"))
        .etas(s.number("etas", 0), s.number("etas", 1))
        .stepSizes(s.number("step_sizes", 0), s.number("step_sizes", 1))
        .maximize(s.flag("maximize"));
  }
}
