package io.gradus.backend.cuda.hardware;

import io.gradus.Options;
import io.gradus.Tensor;
import io.gradus.fusion.Fusion;
import io.gradus.nn.Linear;
import io.gradus.nn.Normalizations;
import io.gradus.nn.Sequential;
import io.gradus.nn.activation.ReLU;
import io.gradus.nn.attention.TransformerEncoderLayer;
import io.gradus.nn.attention.TransformerOptions;
import io.gradus.nn.loss.CrossEntropyLoss;
import io.gradus.optim.SGD;
import io.gradus.random.Generator;
import io.gradus.tensor.backend.Device;
import io.gradus.tensor.backend.Replay;
import io.gradus.tensor.dtype.DType;
import java.util.ArrayList;
import java.util.List;

/** The lines of the table. */
final class GpuRows {
  private final boolean small;

  /**
   * Lines.
   *
   * @param small sizes that tell nothing but whether all of it runs
   */
  GpuRows(boolean small) {
    this.small = small;
  }

  private long size(long large, long little) {
    return small ? little : large;
  }

  List<GpuRow> all() {
    List<GpuRow> rows = new ArrayList<>();
    rows.add(copy());
    rows.add(chain());
    rows.add(adds());
    rows.add(step("mlp step", "≥ 4x PyTorch eager, with mlp captured", false));
    rows.add(step("mlp captured", "≥ 1x PyTorch's CUDA graph", true));
    rows.add(product("matmul bf16", 1, size(8192, 32), DType.BF16));
    rows.add(product("bmm f32", size(64, 2), size(512, 16), DType.F32));
    rows.add(rowsOf("softmax"));
    rows.add(rowsOf("layer norm"));
    rows.add(gpt());
    return rows;
  }

  private GpuRow copy() {
    long n = size(1 << 28, 1 << 10);
    return new GpuRow(
        "copy",
        8.0 * n,
        GpuRow.Unit.BYTES,
        "the bandwidth that others are measured by",
        () -> {
          Tensor x = Tensor.rand(n);
          Tensor y = Tensor.empty(n);
          return () -> Fusion.compute(y.copy_(x));
        });
  }

  private GpuRow chain() {
    long n = size(1 << 28, 1 << 10);
    return new GpuRow(
        "chain",
        8.0 * n,
        GpuRow.Unit.BYTES,
        "≥ 90 % of copy, ≥ 3.5x PyTorch eager",
        () -> {
          Tensor x = Tensor.rand(n);
          return () ->
              Fusion.compute(x.mul(2).add(1).mul(x).sub(0.5).abs().add(x).mul(0.25).relu());
        });
  }

  private GpuRow adds() {
    int times = small ? 10 : 10_000;
    return new GpuRow(
        "adds",
        times,
        GpuRow.Unit.CALLS,
        "≤ 2.5 µs a call",
        () -> {
          Tensor x = Tensor.rand(1024);
          Tensor y = Tensor.rand(1024);
          return () -> {
            try (Fusion.Scope _ = Fusion.off()) {
              for (int i = 0; i < times; i++) {
                x.add(y);
              }
            }
          };
        });
  }

  private GpuRow step(String name, String goal, boolean captured) {
    return new GpuRow(
        name,
        1,
        GpuRow.Unit.CALLS,
        goal,
        () -> {
          long hidden = size(256, 8);
          var model = new Sequential(new Linear(784, hidden), new ReLU(), new Linear(hidden, 10));
          Tensor x = Tensor.rand(64, 784);
          Tensor labels = Tensor.arange(64).remainder(10);
          CrossEntropyLoss lossOf = new CrossEntropyLoss();
          SGD optimizer = new SGD(model.parameters(), 0.01);
          Runnable step =
              () -> {
                Tensor loss = lossOf.call(model.call(x), labels);
                optimizer.zeroGrad();
                loss.backward();
                optimizer.step();
                Fusion.compute(loss);
              };
          if (!captured) {
            return step;
          }
          step.run();
          step.run();
          // Kept until the program ends: it measures little else.
          Replay graph = Tensor.defaultDevice().capture(step);
          return graph::replay;
        });
  }

  private GpuRow product(String name, long batch, long n, DType dtype) {
    return new GpuRow(
        name,
        2.0 * batch * n * n * n,
        GpuRow.Unit.OPERATIONS,
        "≥ 0.98x PyTorch (same cuBLAS)",
        () -> {
          Tensor a = Tensor.randn(Options.dtype(dtype), batch, n, n);
          Tensor b = Tensor.randn(Options.dtype(dtype), batch, n, n);
          return batch == 1
              ? () -> Fusion.compute(a.squeeze(0).mm(b.squeeze(0)))
              : () -> Fusion.compute(a.bmm(b));
        });
  }

  private GpuRow rowsOf(String name) {
    long rows = size(16384, 8);
    long columns = size(4096, 64);
    return new GpuRow(
        name,
        8.0 * rows * columns,
        GpuRow.Unit.BYTES,
        "≥ 1x PyTorch",
        () -> {
          Tensor x = Tensor.randn(rows, columns);
          Tensor weight = Tensor.ones(columns);
          Tensor bias = Tensor.zeros(columns);
          return name.equals("softmax")
              ? () -> Fusion.compute(x.softmax(1))
              : () ->
                  Fusion.compute(
                      Normalizations.layerNorm(x, new long[] {columns}, weight, bias, 1e-5));
        });
  }

  private GpuRow gpt() {
    return new GpuRow(
        "gpt step",
        1,
        GpuRow.Unit.CALLS,
        "to be compared",
        () -> {
          long width = size(768, 16);
          int heads = small ? 2 : 12;
          int layers = small ? 2 : 12;
          TransformerOptions options =
              TransformerOptions.DEFAULT.feedForward(4 * width).dropout(0).batchFirst(true);
          List<TransformerEncoderLayer> blocks = new ArrayList<>();
          List<Tensor> parameters = new ArrayList<>();
          for (int i = 0; i < layers; i++) {
            TransformerEncoderLayer block = new TransformerEncoderLayer(width, heads, options);
            blocks.add(block);
            parameters.addAll(block.parameters());
          }
          Tensor x = Tensor.randn(size(4, 1), size(512, 4), width);
          SGD optimizer = new SGD(parameters, 0.01);
          return () -> {
            Tensor y = x;
            for (TransformerEncoderLayer block : blocks) {
              y = block.call(y);
            }
            optimizer.zeroGrad();
            Tensor loss = y.square().mean();
            loss.backward();
            optimizer.step();
            Fusion.compute(loss);
          };
        });
  }

  /**
   * Milliseconds a call: the least of several rounds, each of so many calls that it takes a while,
   * with the device waited for at its end.
   */
  static double measure(GpuRow row, Device device, boolean once) {
    Generator.defaultGenerator().manualSeed(1);
    Runnable call = row.make().get();
    int calls = 1;
    double first = time(call, device, calls);
    if (once) {
      return first;
    }
    for (double spent = first; spent < 2000 && calls < 1 << 20; ) {
      double took = time(call, device, calls);
      spent += took;
      if (took < 100) {
        calls *= 2;
      }
    }
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 7; round++) {
      best = Math.min(best, time(call, device, calls) / calls);
    }
    return best;
  }

  private static double time(Runnable call, Device device, int calls) {
    device.synchronize();
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    device.synchronize();
    return (System.nanoTime() - start) / 1e6;
  }
}
