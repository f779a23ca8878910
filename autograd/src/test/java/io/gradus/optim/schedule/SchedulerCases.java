package io.gradus.optim.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** The scheduler that a golden case describes. */
final class SchedulerCases {
  private SchedulerCases() {}

  static LRScheduler make(JsonNode c, Optimizer<?> optimizer) {
    JsonNode k = c.path("kwargs");
    return switch (c.get("scheduler").asText()) {
      case "StepLR" -> new StepLR(optimizer, k.get("step_size").asInt(), number(k, "gamma", 0.1));
      case "MultiStepLR" ->
          new MultiStepLR(
              optimizer, number(k, "gamma", 0.1), integers(k.get("milestones").get("list")));
      case "ConstantLR" ->
          new ConstantLR(
              optimizer, number(k, "factor", 1.0 / 3), (int) number(k, "total_iters", 5));
      case "ExponentialLR" -> new ExponentialLR(optimizer, k.get("gamma").asDouble());
      case "LinearLR" ->
          new LinearLR(
              optimizer,
              number(k, "start_factor", 1.0 / 3),
              number(k, "end_factor", 1),
              (int) number(k, "total_iters", 5));
      case "PolynomialLR" ->
          new PolynomialLR(optimizer, (int) number(k, "total_iters", 5), number(k, "power", 1));
      case "CosineAnnealingLR" ->
          new CosineAnnealingLR(optimizer, k.get("T_max").asInt(), number(k, "eta_min", 0));
      case "CosineAnnealingWarmRestarts" ->
          new CosineAnnealingWarmRestarts(
              optimizer,
              k.get("T_0").asInt(),
              (int) number(k, "T_mult", 1),
              number(k, "eta_min", 0));
      case "OneCycleLR" -> new OneCycleLR(optimizer, oneCycle(k));
      case "CyclicLR" -> new CyclicLR(optimizer, cyclic(k));
      case "ReduceLROnPlateau" -> new ReduceLROnPlateau(optimizer, plateau(k));
      case "LambdaLR" -> new LambdaLR(optimizer, lambdas(c.get("lambda")));
      case "MultiplicativeLR" -> new MultiplicativeLR(optimizer, lambdas(c.get("lambda")));
      case "SequentialLR" ->
          new SequentialLR(optimizer, parts(c, optimizer), integers(c.get("milestones")));
      case "ChainedScheduler" -> new ChainedScheduler(parts(c, optimizer));
      default -> throw new IllegalArgumentException(c.get("scheduler").asText());
    };
  }

  private static List<LRScheduler> parts(JsonNode c, Optimizer<?> optimizer) {
    List<LRScheduler> parts = new ArrayList<>();
    for (JsonNode part : c.get("parts")) {
      parts.add(make(part, optimizer));
    }
    return parts;
  }

  private static double number(JsonNode k, String name, double ifMissing) {
    return k.has(name) ? k.get(name).asDouble() : ifMissing;
  }

  private static int[] integers(JsonNode list) {
    int[] all = new int[list.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = list.get(i).asInt();
    }
    return all;
  }

  private static OneCycleLR.Options oneCycle(JsonNode k) {
    int steps =
        k.has("total_steps")
            ? k.get("total_steps").asInt()
            : k.get("epochs").asInt() * k.get("steps_per_epoch").asInt();
    OneCycleLR.Options o =
        OneCycleLR.Options.of(k.get("max_lr").asDouble(), steps)
            .pctStart(number(k, "pct_start", 0.3))
            .divFactors(number(k, "div_factor", 25), number(k, "final_div_factor", 1e4));
    o = k.path("anneal_strategy").asText().equals("linear") ? o.linear() : o;
    return k.path("three_phase").asBoolean() ? o.threePhase() : o;
  }

  private static CyclicLR.Options cyclic(JsonNode k) {
    CyclicLR.Options o =
        CyclicLR.Options.of(
            k.get("base_lr").asDouble(), k.get("max_lr").asDouble(), k.get("step_size_up").asInt());
    o = k.has("step_size_down") ? o.stepSizeDown(k.get("step_size_down").asInt()) : o;
    if (k.has("mode")) {
      o =
          o.mode(
              CyclicLR.Mode.valueOf(k.get("mode").asText().toUpperCase(java.util.Locale.ROOT)),
              number(k, "gamma", 1));
    }
    return k.path("cycle_momentum").asBoolean(true) ? o : o.withoutMomentum();
  }

  private static ReduceLROnPlateau.Options plateau(JsonNode k) {
    boolean abs = k.path("threshold_mode").asText().equals("abs");
    return ReduceLROnPlateau.Options.DEFAULT
        .mode(
            k.path("mode").asText().equals("max")
                ? ReduceLROnPlateau.Mode.MAX
                : ReduceLROnPlateau.Mode.MIN)
        .factor(number(k, "factor", 0.1))
        .patience(k.get("patience").asInt())
        .threshold(
            number(k, "threshold", 1e-4),
            abs ? ReduceLROnPlateau.ThresholdMode.ABS : ReduceLROnPlateau.ThresholdMode.REL)
        .cooldown((int) number(k, "cooldown", 0))
        .minLr(number(k, "min_lr", 0));
  }

  private static List<IntToDoubleFunction> lambdas(JsonNode formulas) {
    return formulas.isArray()
        ? List.of(lambda(formulas.get(0).asText()), lambda(formulas.get(1).asText()))
        : List.of(lambda(formulas.asText()), lambda(formulas.asText()));
  }

  private static IntToDoubleFunction lambda(String formula) {
    return switch (formula) {
      case "1/(1+epoch)" -> epoch -> 1.0 / (1 + epoch);
      case "0.9^epoch" -> epoch -> Math.pow(0.9, epoch);
      case "epoch+1" -> epoch -> epoch + 1;
      case "0.95" -> epoch -> 0.95;
      case "1-1/(epoch+2)" -> epoch -> 1 - 1.0 / (epoch + 2);
      default -> throw new IllegalArgumentException(formula);
    };
  }
}
