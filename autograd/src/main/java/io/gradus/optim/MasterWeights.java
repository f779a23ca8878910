package io.gradus.optim;

import io.gradus.Internals;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.InvalidArgumentException;
import java.util.List;

/**
 * {@code f32} copies of parameters in a narrow type: the optimizer trains the copies, the model
 * computes with the narrow ones. So small changes add up that a narrow type would round away.
 *
 * <pre>{@code
 * model.to(DType.BF16);
 * var master = new MasterWeights(model.parameters());
 * var optimizer = new Adam(master.parameters(), 1e-3);
 * ...
 * scaler.scale(loss).backward();
 * master.takeGradients();
 * scaler.step(optimizer);
 * scaler.update();
 * master.giveParameters();
 * }</pre>
 *
 * <p>P. Micikevicius et al., "Mixed Precision Training", ICLR 2018, section 3.1.
 */
public final class MasterWeights {
  private final List<Tensor> narrow;
  private final List<Tensor> wide;

  /** Copies of parameters, each a leaf of its own. */
  public MasterWeights(List<? extends Tensor> parameters) {
    for (Tensor p : parameters) {
      if (!p.dtype().isFloating()) {
        throw new InvalidArgumentException(
            "[MasterWeights] only floating point parameters have masters, but got "
                + p.dtype()
                + "; leave that one out");
      }
    }
    narrow = List.copyOf(parameters);
    wide =
        narrow.stream()
            .map(p -> p.detach().clone().to(DType.F32).requiresGrad_(p.requiresGrad()))
            .map(Internals::lasting)
            .toList();
  }

  /** The copies, in the order of the parameters. */
  public List<Tensor> parameters() {
    return wide;
  }

  /** Moves the gradients of the model to the copies; the model has none afterwards. */
  public void takeGradients() {
    for (int i = 0; i < wide.size(); i++) {
      Tensor g = narrow.get(i).grad();
      wide.get(i).setGrad(g == null ? null : g.detach().to(DType.F32));
      Internals.dropGrad(narrow.get(i));
    }
  }

  /** Makes the copies what the parameters of the model are, after those were loaded or changed. */
  public void takeParameters() {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      for (int i = 0; i < wide.size(); i++) {
        wide.get(i).detach().copy_(narrow.get(i));
      }
    }
  }

  /** Rounds the copies into the parameters of the model. */
  public void giveParameters() {
    try (GradMode.Scope _ = GradMode.noGrad()) {
      for (int i = 0; i < wide.size(); i++) {
        narrow.get(i).detach().copy_(wide.get(i));
      }
    }
  }
}
