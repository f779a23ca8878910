package io.gradus.train;

import io.gradus.Tensor;
import io.gradus.optim.ClipGrad;
import io.gradus.optim.GradScaler;
import io.gradus.optim.MasterWeights;
import io.gradus.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of the optimizer with the mean of the gradients of some batches. */
final class GroupStep<B> {
  private final TrainerBuilder<B> settings;
  private final Measures measures;

  GroupStep(TrainerBuilder<B> settings, Measures measures) {
    this.settings = settings;
    this.measures = measures;
  }

  /** Steps; returns the losses of the batches, as they were before. */
  List<Double> run(List<? extends B> batches) {
    Optimizer<?> optimizer = settings.optimizer;
    GradScaler scaler = settings.scaler;
    List<Double> losses = new ArrayList<>();
    if (optimizer.needsClosure()) {
      optimizer.step(() -> backward(batches, losses));
    } else {
      backward(batches, losses);
      if (scaler == null) {
        optimizer.step();
      } else {
        scaler.step(optimizer);
        scaler.update();
      }
    }
    MasterWeights master = settings.master;
    if (master != null) {
      master.giveParameters();
    }
    if (settings.scheduling != null) {
      settings.scheduling.stepDone();
    }
    if (settings.average != null) {
      settings.average.update();
    }
    return losses;
  }

  /** Gradients and mean loss of all batches; the losses are measured where none is known yet. */
  private Tensor backward(List<? extends B> batches, List<Double> losses) {
    Optimizer<?> optimizer = settings.optimizer;
    MasterWeights master = settings.master;
    optimizer.zeroGrad();
    if (master != null) {
      settings.model.zeroGrad();
    }
    boolean first = losses.isEmpty();
    Tensor total = Tensor.scalar(0.0);
    for (B batch : batches) {
      Objective.Outcome outcome = settings.objective.of(batch);
      Tensor share = batches.size() == 1 ? outcome.loss() : outcome.loss().div(batches.size());
      (settings.scaler == null ? share : settings.scaler.scale(share)).backward();
      double loss = outcome.loss().item().doubleValue();
      if (first) {
        measures.add(outcome, loss);
        losses.add(loss);
      }
      total = total.add(loss / batches.size());
    }
    if (master != null) {
      master.takeGradients();
    }
    clip(optimizer, settings.scaler);
    return total;
  }

  private void clip(Optimizer<?> optimizer, @Nullable GradScaler scaler) {
    boolean norm = !Double.isNaN(settings.clipNorm);
    boolean value = !Double.isNaN(settings.clipValue);
    if (!norm && !value) {
      return;
    }
    if (scaler != null) {
      scaler.unscale_(optimizer);
    }
    List<Tensor> parameters =
        optimizer.groups().stream().flatMap(g -> g.parameters().stream()).toList();
    if (value) {
      ClipGrad.value_(parameters, settings.clipValue);
    }
    if (norm) {
      ClipGrad.norm_(parameters, settings.clipNorm);
    }
  }
}
