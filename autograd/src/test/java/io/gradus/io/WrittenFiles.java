package io.gradus.io;

import io.gradus.Tensor;
import io.gradus.graph.view.GraphView;
import io.gradus.io.tensorboard.EventWriter;
import io.gradus.tensor.dtype.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes files for NumPy and PyTorch to read: {@code python oracle/io_files.py check DIR}. */
final class WrittenFiles {
  private WrittenFiles() {}

  /** Writes all files into the directory that is given. */
  public static void main(String[] args) {
    write(Path.of(args[0]));
  }

  static Map<String, Tensor> write(Path dir) {
    Map<String, Tensor> every = SampleFiles.every();
    Map<String, Tensor> forNumpy = new LinkedHashMap<>(every);
    forNumpy.remove(DType.BF16.longName());
    forNumpy.forEach((name, t) -> Npy.write(dir.resolve(name + ".npy"), t));
    Npz.write(dir.resolve("every.npz"), forNumpy);
    Safetensors.write(dir.resolve("every.safetensors"), every, Map.of("note", "grüße"));
    TorchFile.write(dir.resolve("every.pt"), every);
    TorchFile.write(dir.resolve("nested.pt"), nested());
    try (EventWriter events = EventWriter.in(dir.resolve("events"))) {
      for (int step : new int[] {0, 1, 3}) {
        events.scalar("loss", step == 3 ? 0.25 : 1.0 / (step + 1), step);
      }
      events.histogram("weights", Tensor.tensor(-1.0, 0, 0, 2), 1);
      events.image("picture", Tensor.rand(3, 2, 3), 2);
      Tensor weight = Tensor.ones(2, 3).requiresGrad_(true);
      Tensor loss = Tensor.ones(4, 2).matmul(weight).sum();
      events.graph(GraphView.of(loss).names(Map.of("layer.weight", weight, "loss", loss)));
      events.hparams(Map.of("lr", 0.1, "optimizer", "adam", "bias", true), Map.of("score", 0.75));
    }
    return every;
  }

  static Map<String, Object> nested() {
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("epoch", 3);
    nested.put("loss", 0.25);
    nested.put("big", 1L << 40);
    nested.put("names", new ArrayList<>(List.of("a", "b")));
    nested.put("none", null);
    nested.put("flag", true);
    nested.put("model", Map.of("w", Tensor.ones(2)));
    nested.put("transposed", Tensor.arange(6).to(DType.F32).view(2, 3).t());
    return nested;
  }
}
