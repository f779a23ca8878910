package io.gradus.tensor.backend;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.error.BackendException;
import io.gradus.tensor.kernel.Expr;
import io.gradus.tensor.kernel.ExprGraph;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import io.gradus.tensor.kernel.Program;
import io.gradus.tensor.kernel.ReduceOp;
import io.gradus.tensor.layout.Layout;
import io.gradus.tensor.layout.Shape;
import java.util.ArrayList;
import java.util.List;

/** Replaces kernels that a device lacks by kernels that every device has. */
public final class Lowering {
  private Lowering() {}

  /**
   * Runs a kernel, or others that together mean the same.
   *
   * @throws BackendException if the device lacks the kernel and there is no replacement
   */
  public static void run(Device device, Kernel kernel) {
    if (device.supports(kernel)) {
      device.run(kernel);
      return;
    }
    switch (kernel) {
      case Kernel.Rows k -> rows(device, k);
      case Kernel.Elementwise k -> throw lacking(device, k);
      case Kernel.Reduce k -> throw lacking(device, k);
      case Kernel.Scan k -> throw lacking(device, k);
      case Kernel.Sort k -> throw lacking(device, k);
      case Kernel.Contract k -> throw lacking(device, k);
      case Kernel.Gather k -> throw lacking(device, k);
      case Kernel.Scatter k -> throw lacking(device, k);
      case Kernel.Convolve k -> throw lacking(device, k);
      case Kernel.MaxPool k -> throw lacking(device, k);
      case Kernel.Factor k -> throw lacking(device, k);
      case Kernel.Fft k -> throw lacking(device, k);
    }
  }

  private static BackendException lacking(Device device, Kernel kernel) {
    return new BackendException(
        "[%s] device %s does not support this kernel, and nothing replaces it; use another device"
            .formatted(kernel.getClass().getSimpleName(), device.name()));
  }

  /**
   * Runs {@code Rows} as one {@code Reduce} a stage and one {@code Elementwise} for each shape of
   * outputs, whether or not the device has {@code Rows}.
   */
  public static void rows(Device device, Kernel.Rows k) {
    int stages = k.reductions().size();
    Layout full = fullShape(k);
    Shape kept = full.shape().keeping(k.axes());
    List<Operand> in = new ArrayList<>(List.of(k.in()));
    List<ComputeType> types = new ArrayList<>(k.program().inputs());
    int inputs = in.size();
    List<Expr> exprs =
        ExprGraph.substitute(
            k.program().outputs(),
            e -> e instanceof Expr.Reduced r ? Expr.input(inputs + r.stage(), r.type()) : null);
    long[] repeat = Layout.rowMajor(kept);
    for (int d = 0; d < repeat.length; d++) {
      repeat[d] = k.axes()[d] ? 0 : repeat[d];
    }
    List<Storage> made = new ArrayList<>();
    for (int s = 0; s < stages; s++) {
      ComputeType type = resultType(k.reductions().get(s), exprs.get(s).type());
      Storage storage = device.allocate(type.dtype(), kept.numel());
      made.add(storage);
      device.run(
          new Kernel.Reduce(
              k.reductions().get(s),
              Program.of(types, exprs.get(s)),
              in.toArray(Operand[]::new),
              k.axes(),
              new Operand(storage, type.dtype(), Layout.of(kept)),
              k.params()));
      in.add(new Operand(storage, type.dtype(), Layout.of(full.shape(), repeat, 0)));
      types.add(type);
    }
    // Reduced outputs first: full ones may overwrite what they read.
    maps(device, k, exprs.subList(stages, exprs.size()), types, in, kept, true);
    maps(device, k, exprs.subList(stages, exprs.size()), types, in, full.shape(), false);
    device.synchronize();
    made.forEach(Storage::release);
  }

  private static void maps(
      Device device,
      Kernel.Rows k,
      List<Expr> exprs,
      List<ComputeType> types,
      List<Operand> in,
      Shape shape,
      boolean reduced) {
    List<Expr> chosen = new ArrayList<>();
    List<Operand> out = new ArrayList<>();
    for (int i = 0; i < exprs.size(); i++) {
      Operand o = k.out()[i];
      boolean isFull = o.layout().shape().equals(in.getFirst().layout().shape());
      if (isFull != reduced) {
        chosen.add(exprs.get(i));
        out.add(o);
      }
    }
    if (!chosen.isEmpty()) {
      Operand[] narrowed =
          in.stream()
              .map(o -> reduced ? o.with(first(o.layout(), shape)) : o)
              .toArray(Operand[]::new);
      device.run(
          new Kernel.Elementwise(
              Program.of(types, chosen), narrowed, out.toArray(Operand[]::new), k.params()));
    }
  }

  private static Layout first(Layout layout, Shape shape) {
    return Layout.of(shape, layout.strides(), layout.offset());
  }

  private static Layout fullShape(Kernel.Rows k) {
    if (k.in().length == 0) {
      throw new IllegalArgumentException("a reduction without inputs has no shape");
    }
    return k.in()[0].layout();
  }

  private static ComputeType resultType(ReduceOp op, ComputeType type) {
    return switch (op) {
      case SUM, PROD, MIN, MAX -> type;
      case ARGMIN, ARGMAX -> ComputeType.I64;
      case ANY, ALL -> ComputeType.I32;
    };
  }
}
