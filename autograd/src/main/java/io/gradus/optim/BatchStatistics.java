package io.gradus.optim;

import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.graph.HookHandle;
import io.gradus.nn.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The means over batches of what one batch normalisation sees. */
final class BatchStatistics {
  private final Tensor mean;
  private final Tensor variance;
  private long batches;

  private BatchStatistics(Tensor runningMean, Tensor runningVar) {
    mean = Tensor.zerosLike(runningMean);
    variance = Tensor.zerosLike(runningVar);
  }

  static void update(Layer model, Iterable<Tensor> inputs) {
    Map<Layer, BatchStatistics> all = new LinkedHashMap<>();
    List<HookHandle> hooks = new ArrayList<>();
    model
        .modules()
        .forEach(
            m -> {
              Tensor runningMean = m.namedBuffers().get("running_mean");
              Tensor runningVar = m.namedBuffers().get("running_var");
              if (m instanceof Layer layer
                  && m.typeName().startsWith("BatchNorm")
                  && runningMean != null
                  && runningVar != null) {
                BatchStatistics own = new BatchStatistics(runningMean, runningVar);
                all.put(layer, own);
                hooks.add(layer.registerForwardHook((_, x, _) -> own.see(x)));
              }
            });
    if (all.isEmpty()) {
      return;
    }
    boolean training = model.isTraining();
    try (GradMode.Scope _ = GradMode.noGrad()) {
      model.train();
      inputs.forEach(model::call);
      all.forEach((layer, own) -> own.write(layer.namedBuffers()));
    } finally {
      hooks.forEach(HookHandle::remove);
      model.train(training);
    }
  }

  private @org.jspecify.annotations.Nullable Tensor see(Tensor x) {
    int[] others = IntStream.range(0, x.dim()).filter(d -> d != 1).toArray();
    Tensor rows = x.transpose(0, 1).reshape(x.size(1), -1);
    batches++;
    mean.lerp_(x.mean(others).to(mean.dtype()), 1.0 / batches);
    variance.lerp_(rows.var(1).to(variance.dtype()), 1.0 / batches);
    return null;
  }

  private void write(Map<String, Tensor> buffers) {
    if (batches == 0) {
      return;
    }
    buffers.computeIfPresent("running_mean", (_, t) -> t.detach().copy_(mean));
    buffers.computeIfPresent("running_var", (_, t) -> t.detach().copy_(variance));
    buffers.computeIfPresent("num_batches_tracked", (_, t) -> t.detach().fill_(batches));
  }
}
