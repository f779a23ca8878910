package io.gradus.nn;

import io.gradus.Options;
import io.gradus.Parameter;
import io.gradus.Tensor;
import io.gradus.graph.GradMode;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The modules of a model with their output shapes, parameters and multiply-adds, as a table.
 *
 * @param rows the model itself, then all modules inside it
 * @param parameters numbers that are trained or frozen, each tensor once
 * @param trainable those that require grad
 * @param multiplyAdds of one run
 */
public record Summary(List<Row> rows, long parameters, long trainable, long multiplyAdds) {
  /**
   * One module.
   *
   * @param name dotted; empty for the model itself
   * @param type as {@code Linear}
   * @param output shape of the last output; null if it did not run
   * @param parameters of the module itself, without those inside
   * @param multiplyAdds of the module itself in all its runs
   */
  public record Row(
      String name, String type, @Nullable Shape output, long parameters, long multiplyAdds) {}

  /** A copy. */
  public Summary {
    rows = List.copyOf(rows);
  }

  private static final class Seen {
    private @Nullable Shape output;
    private long multiplyAdds;
  }

  /**
   * What a run of a model comes to; it runs in evaluation and without gradients, and the model is
   * in the mode it was in afterwards.
   */
  public static Summary of(Module model, Runnable run) {
    Map<Module, Seen> seen = new IdentityHashMap<>();
    List<Module> training = model.modules().stream().filter(Module::isTraining).toList();
    try (GradMode.Scope _ = GradMode.noGrad()) {
      model.eval();
      for (Module m : model.modules()) {
        Seen s = new Seen();
        seen.put(m, s);
        m.observe(
            (input, output) -> {
              s.output = output.shape();
              s.multiplyAdds += m.multiplyAdds(input, output);
            });
      }
      run.run();
    } finally {
      model.modules().forEach(m -> m.observe(null));
      training.forEach(Module::trainAlone);
    }
    List<Row> rows = new ArrayList<>();
    model
        .namedModules()
        .forEach(
            (name, m) -> {
              Seen s = seen.get(m);
              rows.add(
                  new Row(
                      name,
                      m.typeName(),
                      s == null ? null : s.output,
                      m.ownParameters(),
                      s == null ? 0 : s.multiplyAdds));
            });
    List<Parameter> all = model.parameters();
    return new Summary(
        rows,
        all.stream().mapToLong(Tensor::numel).sum(),
        all.stream().filter(Tensor::requiresGrad).mapToLong(Tensor::numel).sum(),
        rows.stream().mapToLong(Row::multiplyAdds).sum());
  }

  /** Zeros to run a model with: of the dtype and on the device of its first floating parameter. */
  static Tensor sample(Module model, long[] shape) {
    for (Tensor p : model.presentParameters().values()) {
      if (p.dtype().isFloating()) {
        return Tensor.zeros(Options.dtype(p.dtype()).withDevice(p.device()), shape);
      }
    }
    return Tensor.zeros(Options.dtype(DType.F32), shape);
  }

  /** The table. */
  @Override
  public String toString() {
    List<String[]> table = new ArrayList<>();
    table.add(new String[] {"module", "output", "parameters", "multiply-adds"});
    for (Row row : rows) {
      int depth = row.name.isEmpty() ? 0 : row.name.split("\\.", -1).length;
      String own = row.name.substring(row.name.lastIndexOf('.') + 1);
      table.add(
          new String[] {
            "  ".repeat(depth) + (own.isEmpty() ? row.type : own + ": " + row.type),
            row.output == null ? "" : row.output.toString(),
            count(row.parameters),
            count(row.multiplyAdds)
          });
    }
    int[] widths = new int[4];
    for (String[] line : table) {
      for (int i = 0; i < 4; i++) {
        widths[i] = Math.max(widths[i], line[i].length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (String[] line : table) {
      String text =
          "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %" + widths[3] + "s";
      out.append(text.formatted((Object[]) line).stripTrailing()).append('\n');
    }
    return out.append(
            String.format(
                Locale.ROOT,
                "%,d parameters (%,d trainable), %,d multiply-adds",
                parameters,
                trainable,
                multiplyAdds))
        .toString();
  }

  private static String count(long n) {
    return n == 0 ? "" : String.format(Locale.ROOT, "%,d", n);
  }
}
